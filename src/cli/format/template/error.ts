/** A template that cannot be read or executed, in the words of Go's text/template. */
export class TemplateError extends Error {}
