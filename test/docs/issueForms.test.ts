import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../.github/ISSUE_TEMPLATE');
const forms = readdirSync(folder).filter((name) => name !== 'config.yml');

/** The attributes that GitHub accepts for each type of element; a form with any other is silently not shown. */
const attributes: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value'],
  textarea: ['label', 'description', 'placeholder', 'value', 'render'],
  input: ['label', 'description', 'placeholder', 'value'],
  dropdown: ['label', 'description', 'multiple', 'options', 'default'],
  checkboxes: ['label', 'description', 'options'],
};

it.each(forms)('is a form as GitHub takes it: %s', (name) => {
  const form = parse(readFileSync(join(folder, name), 'utf8'));
  expect(Object.keys(form).sort()).toEqual(['body', 'description', 'labels', 'name']);
  expect([form.name.length > 0, form.description.length > 0]).toEqual([true, true]);
  const asked = form.body.filter(({ type }: { type: string }) => type !== 'markdown');
  expect(asked.length).toBeGreaterThan(0);
  const ids = asked.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id: string) => !/^[\w-]+$/.test(id))).toEqual([]);
  for (const element of form.body) {
    expect(attributes, `a type of element: ${element.type}`).toHaveProperty(element.type);
    for (const key of Object.keys(element.attributes)) expect(attributes[element.type]).toContain(key);
    if (element.type !== 'markdown') expect(element.attributes.label).toMatch(/./);
    expect(Object.keys(element).filter((key) => !['type', 'id', 'attributes', 'validations'].includes(key))).toEqual(
      [],
    );
  }
});

it('knows the forms', () => {
  expect(forms.sort()).toEqual(['bug.yml', 'provider.yml']);
});
