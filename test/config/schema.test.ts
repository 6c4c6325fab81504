import { expect, it } from 'vitest';
import { jsonSchemas } from '../../build/jsonSchemas.js';

it('is told to editors as a JSON Schema that knows keys and the form of references, and takes the names of all providers', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document
  const schema = jsonSchemas().config as any;
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toEqual([
    '$schema',
    'target',
    'targets',
    'secrets',
    'values',
    'modes',
    'timeout',
    'timeouts',
    'report',
    'log',
    'flows',
    'suites',
    'providers',
  ]);
  expect(schema.required).toBeUndefined();
  expect(schema.properties.secrets.propertyNames).toEqual({ type: 'string' });
  const text = JSON.stringify(schema);
  expect(text).toContain('env:[A-Za-z_]');
  const [, target] = schema.properties.targets.additionalProperties.anyOf;
  expect(target.required).toEqual(['url']);
  for (const [name, property] of Object.entries({ ...schema.properties, ...target.properties })) {
    expect((property as { description?: string }).description, name).toMatch(/\.$/);
  }
});
