/** Commands of the recording whose words may differ, each with the reason. */
export const deviations: { readonly [args: string]: string } = {};
