/** Something that a real builder does and this one does not: said by its name. */
export class NotSimulated extends Error {
  constructor(what: string) {
    super(`drydock: ${what} is not simulated`);
    this.name = 'NotSimulated';
  }
}
