/** A place that a request can be answered from, with all that it inherits. */
export type Settings = {
  readonly root: string;
  readonly index: readonly string[];
  readonly autoindex: boolean;
  readonly defaultType: string;
  readonly types: { readonly [extension: string]: string };
  readonly addHeaders: readonly (readonly [name: string, value: string, always: boolean])[];
  readonly errorPages: readonly {
    readonly codes: readonly number[];
    readonly answer: number | null;
    readonly uri: string;
  }[];
  readonly tokens: boolean;
  /** Format and file; null: off. */
  readonly accessLog: { readonly file: string; readonly format: string } | null;
  readonly proxyHeaders: readonly (readonly [name: string, value: string])[];
  readonly tryFiles: readonly string[] | null;
  readonly answer: { readonly code: number; readonly text: string | null } | null;
};

export type Location = {
  /** `=`, `^~`, `~`, `~*`, `@` or nothing. */
  readonly kind: string;
  readonly path: string;
  readonly alias: string | null;
  readonly proxy: string | null;
  readonly internal: boolean;
  readonly settings: Settings;
};

export type Server = {
  readonly listen: readonly { readonly address: string; readonly port: number; readonly first: boolean }[];
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly locations: readonly Location[];
};

export type ErrorLog = { readonly file: string; readonly level: string };

export type Config = {
  readonly user: string | null;
  readonly workers: number;
  readonly daemon: boolean;
  readonly pid: string;
  readonly errorLog: ErrorLog;
  readonly servers: readonly Server[];
  readonly formats: { readonly [name: string]: string };
  readonly upstreams: { readonly [name: string]: readonly string[] };
};
