/** How its user wrote an option: `--public-url` on a command line, `publicUrl` in a file, `options.publicUrl` in a call. */
export type NameOf = (key: string) => string;
