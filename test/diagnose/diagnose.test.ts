import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import { algorithms, digestAlgorithms } from '../../src/diagnose/hypotheses/algorithms.js';
import { bodies } from '../../src/diagnose/hypotheses/bodies.js';
import { contentFields } from '../../src/diagnose/hypotheses/contentFields.js';
import { contentMessages } from '../../src/diagnose/hypotheses/contentMessages.js';
import { contents } from '../../src/diagnose/hypotheses/contents.js';
import { contentValues } from '../../src/diagnose/hypotheses/contentValues.js';
import { encodings } from '../../src/diagnose/hypotheses/encodings.js';
import { textMistakes } from '../../src/diagnose/hypotheses/mistakes.js';
import { secrets } from '../../src/diagnose/hypotheses/secrets.js';
import { signatureTexts } from '../../src/diagnose/hypotheses/signatureTexts.js';
import { times } from '../../src/diagnose/hypotheses/times.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { type DiagnosisCase, cases as knownCases } from './cases.js';
import { diagnosed, namesOf } from './support.js';
import { writtenElsewhere } from './writtenElsewhere.js';

const cases = [...knownCases, ...writtenElsewhere];

const scalevHeaders = (signature: string): Header[] => [['X-Scalev-Hmac-Sha256', signature]];
const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };
const given = ({ name, what, signature, requestOnly, headers = scalevHeaders, ...rest }: DiagnosisCase) => ({
  rest,
  signature,
  headers,
});

describe('a signature that came', () => {
  it.each(cases)('$name ($what)', async (row) => {
    const { rest, signature, headers } = given(row);
    const diagnosis = await diagnosed({ ...rest, headers: headers(signature) });
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([row.name].flat());
    expect(diagnosisText(diagnosis, look)).not.toMatch(
      /\{(detail|provider|expected|call|hash|algorithm|own|form|header|other|otherName|tolerance|whole)\}|undefined(?!")/,
    );
  });
});

describe('a value that the receiver computed', () => {
  it.each(cases.filter(({ requestOnly }) => !requestOnly))('$name ($what)', async (row) => {
    const { rest, signature, headers } = given(row);
    const diagnosis = await diagnosed({ ...rest, headers: headers('0'.repeat(64)), computed: signature });
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([row.name].flat());
  });
});

describe('the table of cases', () => {
  const named = new Set(cases.flatMap(({ name }) => name));
  const lists = [bodies, secrets, algorithms, contents, times, encodings, signatureTexts, Object.values(textMistakes)];
  const all = lists.flatMap((list) => list.map(({ name }) => name));

  it('has every hypothesis', () => {
    const tested = ['computed-right', 'computed-right-header-wrong'];
    // Those of fields, of messages and of what vendors warn of are held by tables of their own.
    const ofFields = [...contentFields, ...contentMessages, ...contentValues, ...digestAlgorithms].map(
      ({ name }) => name,
    );
    expect(all.filter((name) => ![...named, ...tested, ...ofFields].includes(name))).toEqual([]);
    expect([...named].filter((name) => !all.includes(name))).toEqual([]);
  });

  it('has no name twice', () => {
    expect(new Set(all).size).toBe(all.length);
  });
});
