import { catalogueIndex } from '../../providers/catalogue.js';
import { findProvider } from '../../providers/findProvider.js';

/** The kinds of config that can be begun. */
export const draftFormats = ['yaml', 'ts', 'json'] as const;

/** The content of a new config. */
export interface Draft {
  readonly format: (typeof draftFormats)[number];
  /** The address of the default target. */
  readonly target: string;
  /** Names of the providers whose secrets it is to find. */
  readonly providers: readonly string[];
  /** A folder with custom providers; only YAML is begun with one. */
  readonly own?: string;
}

const schemaFile = './node_modules/webhook-sim/dist/webhook-sim.config.schema.json';

const words = {
  about: [
    'Where webhook-sim sends, and where it finds the secrets. Environment variables (WEBHOOK_SIM_TARGET, …) win over what',
    'stands here, flags over both; "webhook-sim config" shows what is in force and where it came from.',
  ],
  target: ['The target when --to names none: a name of those below, an address, or demo (the built-in receiver).'],
  targets: ['{provider} and {event} in an address stand for those of the delivery.'],
  secrets: [
    'Where secrets are found, never the secrets themselves: env:NAME or file:PATH, or a list with the current one first.',
    'The files .env and .env.local next to this one are read; keep them out of version control.',
  ],
  own: ['Custom providers: a folder with some, or a list of folders, files and descriptions.'],
  timeout: ["Time limit of an attempt, in place of the provider's own."],
};

/** The text of a new config, with comments on its other keys; JSON has none. */
export function draftConfig(draft: Draft): string {
  const secrets = draft.providers.map((name) => [name, variable(name)] as const);
  if (draft.format === 'yaml') return yaml(draft.target, secrets, draft.own);
  if (draft.format === 'ts') return typescript(draft.target, secrets);
  const config = {
    $schema: schemaFile,
    target: 'local',
    targets: { local: draft.target },
    secrets: Object.fromEntries(secrets),
  };
  return `${JSON.stringify(secrets.length > 0 ? config : { ...config, secrets: undefined }, null, 2)}\n`;
}

function variable(provider: string): string {
  return `env:${findProvider(provider).secret.env[0]}`;
}

type Secrets = readonly (readonly [provider: string, reference: string])[];

/** Secrets for a comment where none is known, to show their form. */
function exampleSecrets(): Secrets {
  return catalogueIndex()
    .slice(0, 1)
    .map(({ name, env }) => [name, `env:${env[0]}`]);
}

/** The secret of another target, in a comment. */
function stagingSecret([secret]: Secrets, quote: string): string {
  const [name] = secret!;
  return `{ ${/-/.test(name) ? `'${name}'` : name}: ${quote}env:STAGING_${variableName(name)}_SECRET${quote} }`;
}

function variableName(provider: string): string {
  return provider.toUpperCase().replaceAll('-', '_');
}

function yaml(target: string, secrets: Secrets, own: string | undefined): string {
  const comment = (lines: readonly string[]) => lines.map((line) => `# ${line}`).join('\n');
  const shown = secrets.length > 0 ? secrets : exampleSecrets();
  const lines = shown.map(([name, reference]) => `  ${name}: ${reference}`);
  const block = ['secrets:', ...lines].map((line) => (secrets.length > 0 ? line : `# ${line}`)).join('\n');
  return `# yaml-language-server: $schema=${schemaFile}
${comment(words.about)}

${comment(words.target)}
target: local

${comment(words.targets)}
targets:
  local: ${/^[\w:/.-]*\w$/.test(target) ? target : JSON.stringify(target)}
  # staging:
  #   url: https://staging.example.com/webhooks/{provider}
  #   header: { Authorization: env:STAGING_AUTHORIZATION }
  #   secrets: ${stagingSecret(shown, '')}
  #   allowRemote: true # check may attack it

${comment(words.secrets)}
${block}

${comment(words.timeout)}
# timeout: 10s
${own === undefined ? '' : `\n${comment(words.own)}\nproviders: ${/^[\w./-]*\w$/.test(own) ? own : JSON.stringify(own)}\n`}`;
}

function typescript(target: string, secrets: Secrets): string {
  const comment = (lines: readonly string[]) => lines.map((line) => `  // ${line}`).join('\n');
  const shown = secrets.length > 0 ? secrets : exampleSecrets();
  const lines = shown.map(([name, reference]) => `  ${/-/.test(name) ? `'${name}'` : name}: '${reference}',`);
  const block = ['secrets: {', ...lines, '},'].map((line) => `  ${secrets.length > 0 ? '' : '// '}${line}`).join('\n');
  return `import { defineConfig } from 'webhook-sim';

${comment(words.about).replaceAll(/^ {2}/gm, '')}
export default defineConfig({
${comment(words.target)}
  target: 'local',

${comment(words.targets)}
  targets: {
    local: ${JSON.stringify(target).replace(/^"([^"'\\]*)"$/, "'$1'")},
    // staging: {
    //   url: 'https://staging.example.com/webhooks/{provider}',
    //   header: { Authorization: 'env:STAGING_AUTHORIZATION' },
    //   secrets: ${stagingSecret(shown, "'")},
    //   allowRemote: true, // check may attack it
    // },
  },

${comment(words.secrets)}
${block}

${comment(words.timeout)}
  // timeout: '10s',
});
`;
}
