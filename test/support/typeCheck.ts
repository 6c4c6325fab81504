import { join } from 'node:path';
import ts from 'typescript';

/** TypeScript's own library, parsed once for all programs of a file of tests. */
const library = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks files of a folder as `tsc --strict` does in it and returns its complaints. The declarations of packages are
 * checked, TypeScript's own library is not.
 */
export function typeCheck(folder: string, files: readonly string[], flags: string): string {
  const { options, errors } = ts.parseCommandLine([
    ...['--noEmit', '--strict', '--target', 'es2023', '--skipLibCheck', 'false', '--skipDefaultLibCheck'],
    ...flags.split(' '),
  ]);
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  const libraryFolder = host.getDefaultLibLocation!();
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (file, ...rest) => {
    if (!file.startsWith(libraryFolder)) return getSourceFile(file, ...rest);
    if (!library.has(file)) library.set(file, getSourceFile(file, ...rest));
    return library.get(file);
  };
  const program = ts.createProgram({ rootNames: files.map((file) => join(folder, file)), options, host });
  return ts.formatDiagnostics([...errors, ...ts.getPreEmitDiagnostics(program)], host);
}
