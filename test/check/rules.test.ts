import { describe, expect, it } from 'vitest';
import { casesFor } from '../../src/check/cases/cases.js';
import { writeCaseTexts } from '../../src/check/caseTexts.js';
import { findingRules } from '../../src/check/rules/findFindings.js';
import { gradeTexts } from '../../src/check/summarise.js';
import { caseClasses } from '../../src/core/check.js';
import { forgeries } from '../../src/forge/forgeries.js';
import { cli } from '../support/cli.js';
import { scalev } from '../support/providers.js';

const names = casesFor(scalev, scalev.defaultEvent, true).map(({ name }) => name);

describe('the rules for findings', () => {
  it.each(findingRules.map((rule) => [rule.name, rule] as const))('%s names only cases that there are', (_, rule) => {
    const signs = [rule.all, rule.any, rule.none, rule.explains].flatMap((each) => Object.values(each ?? {}).flat());
    const unknown = signs.filter((sign) => {
      if ((caseClasses as readonly string[]).includes(sign)) return false;
      return !names.some((name) => (sign.endsWith('*') ? name.startsWith(sign.slice(0, -1)) : name === sign));
    });
    expect(unknown).toEqual([]);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text).not.toContain('[object');
  });

  it('have something to say of every forgery that is accepted', () => {
    const said = findingRules.flatMap(({ explains }) => explains.accepted ?? []);
    const unsaid = forgeries.filter(
      ({ name }) => !said.some((sign) => (sign.endsWith('*') ? name.startsWith(sign.slice(0, -1)) : name === sign)),
    );
    expect(unsaid.map(({ name }) => name)).toEqual([]);
  });
});

describe('the cases', () => {
  it('have names of their own, and every forgery is among them', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(forgeries.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('say in a sentence or two why they matter and what to change', () => {
    for (const one of casesFor(scalev, scalev.defaultEvent, true)) {
      const { name, sent } = one;
      const { why, fix } = writeCaseTexts(
        one,
        { symptom: 'fine', deliveries: [] },
        { provider: scalev, language: null },
      );
      expect(sent.length, name).toBeLessThan(70);
      expect(why, name).toMatch(/\.$/);
      expect(fix, name).toMatch(/\.$/);
    }
  });
});

it('the help says what each grade means', async () => {
  const { stdout } = await cli(['check', '--help']);
  for (const [grade, words] of Object.entries(gradeTexts)) expect(stdout).toContain(`  ${grade}  ${words}\n`);
});
