/** The JSON Schema of the line that `--json` prints for an error; it changes only by addition. */
export const errorSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An error of webhook-sim',
  type: 'object',
  required: ['schemaVersion', 'type', 'code', 'message', 'hint', 'facts'],
  properties: {
    schemaVersion: { const: 1 },
    type: { const: 'error' },
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$', description: 'Stable; what programs go by.' },
    message: { type: 'string', minLength: 1, description: 'What happened, and why, for people.' },
    hint: { type: ['string', 'null'], minLength: 1, description: 'What to do next; null where the message says it.' },
    facts: {
      type: 'object',
      description: 'What the error is about; more may be added.',
      properties: {
        option: { type: 'string', description: 'The option, as it is typed.' },
        command: { type: 'string', description: 'The word that is no command.' },
        argument: { type: 'string', description: 'The argument that is missing.' },
        place: { type: 'string', description: 'The place in a file or a call that holds the value.' },
        value: { type: 'string', description: 'The value that is wrong.' },
        nearest: {
          type: 'array',
          items: { type: 'string' },
          description: 'The names that were most likely meant, best first.',
        },
        file: { type: 'string', description: 'The file that is wrong.' },
        line: { type: 'integer', minimum: 1, description: 'Counts from 1.' },
        column: { type: 'integer', minimum: 1, description: 'Counts from 1.' },
        log: { type: 'string', description: 'The last output of the receiver that was started.' },
        detail: { type: 'string', description: 'Where a bug in webhook-sim showed.' },
      },
    },
  },
};
