import { createJiti } from 'jiti';
import { transform } from 'sucrase';
import { version } from '../core/version.js';
import { catalogueProviders } from '../providers/catalogue.js';
import { defineConfig } from './defineConfig.js';
import { defineProvider } from './defineProvider.js';

/** The exports of this package for configs that import it, also where it is not installed next to them. */
export const virtualLibrary = { defineConfig, defineProvider, listProviders: catalogueProviders, version };

/** `import.meta` in a module that runs as CommonJS; on one line, so that errors keep their lines. */
const meta =
  "const __webhookSimMeta = { url: require('node:url').pathToFileURL(__filename).href, filename: __filename, dirname: __dirname };";

/** Runs a TypeScript module, and those that it imports, and resolves with its default export. */
export async function importTypescript(path: string): Promise<unknown> {
  const jiti = createJiti(path, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { 'webhook-sim': virtualLibrary },
    transform: ({ source, filename = path }) => {
      const { code } = transform(source, { transforms: ['typescript', 'imports'], filePath: filename });
      return {
        code: code.includes('import.meta') ? meta + code.replace(/\bimport\.meta\b/g, '__webhookSimMeta') : code,
      };
    },
  });
  const module = await jiti.import<{ default?: unknown }>(path);
  return module.default;
}
