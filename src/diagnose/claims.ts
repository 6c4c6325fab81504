import { extract } from '../signing/extract.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { signatureTexts } from './hypotheses/signatureTexts.js';
import type { Cause } from './hypothesis.js';
import { isSecretItself, type Reading, type TemplatePlace } from './reading.js';
import type { ClaimedText } from './targets.js';

type Facts = Readonly<Record<string, string>>;

/** The texts of a request that may be the signature of a name: in its own header first, then in any other. */
export function findClaims(name: string, reading: Reading, facts: Facts): ClaimedText[] {
  const { request, carriers } = reading;
  const own = carriers.find(({ head, each }) =>
    [...head, ...each].some((part) => 'name' in part && part.name === name),
  );
  if (!own) return [];
  const about = { ...facts, own: own.name, form: reading.form(own.name) };
  const isOwn = (header: string) => own.kind === 'header' && header.toLowerCase() === own.name.toLowerCase();
  const texts = own.texts();
  const shortest = isSecretItself(name, reading) ? 6 : 16;
  const doubled: Cause[] =
    texts.length > 1
      ? [{ mistake: textMistakes.headerDoubled, dimension: 'header', facts: { ...about, header: own.name } }]
      : [];
  const inOwn = texts.flatMap((text) => readText(text, name, own, doubled, about));
  const inOthers = request.headers
    .filter(([header, text]) => !isOwn(header) && text.length >= shortest && text.length <= 4096)
    .flatMap(([header, text]) => {
      const because: Cause = { mistake: textMistakes.otherHeader, dimension: 'header', facts: { ...about, header } };
      return readText(text, name, own, [because], about).map(
        (claim): ClaimedText => (claim.form === 'whole' ? claim : { ...claim, because: [because], form: 'unknown' }),
      );
    });
  return [...inOwn, ...inOthers];
}

/** Returns the texts that a computed value may be: the bare signature, or the whole text of the header. */
export function computedClaims(text: string, name: string, reading: Reading, facts: Facts): ClaimedText[] {
  const own = reading.carriers.find(({ head, each }) =>
    [...head, ...each].some((part) => 'name' in part && part.name === name),
  );
  const about = { ...facts, own: own?.name ?? '', form: own ? reading.form(own.name) : '' };
  const bare: ClaimedText = { text, because: [], form: 'unknown' };
  if (!own) return [bare];
  return [...readText(text, name, own, [], about).filter(({ form }) => form === 'whole'), bare];
}

/** The signatures in a header's text, by the provider's template or, where it has another form, by their look. */
function readText(
  text: string,
  name: string,
  template: TemplatePlace,
  because: readonly Cause[],
  facts: Facts,
): ClaimedText[] {
  for (const dressed of undressed(text, facts)) {
    const values = extract(template, dressed.text)?.filter(([part]) => part === name) ?? [];
    if (values.length > 0) {
      const isBare = template.join === null && template.each.length === 1;
      return values.map(([, value]) => ({
        text: value,
        because: [...because, ...dressed.because],
        form: isBare ? 'bare' : 'whole',
      }));
    }
  }
  const missing: Cause = { mistake: textMistakes.prefixMissing, dimension: 'encoding', facts };
  const parts = text.split(/[,;\s]+/).filter((part) => part.length >= 16);
  return [text, ...parts.slice(0, 8)].map((part) => ({
    text: part,
    because: [...because, missing],
    form: 'unknown' as const,
  }));
}

/** The text as it is, then without quotes, white space or percent-encoding around all of it. */
function undressed(text: string, facts: Facts): { text: string; because: readonly Cause[] }[] {
  const changes = signatureTexts.filter(
    ({ name }) => name !== 'signature-prefix' && name !== 'signature-spaces-for-plus',
  );
  return [
    { text, because: [] },
    ...(text.trim() === text ? [] : [{ text: text.trim(), because: [whiteSpace(facts)] }]),
    ...changes.flatMap((mistake) =>
      [...mistake.variants(text)]
        .filter(({ value }) => value !== text)
        .map(({ value }) => ({ text: value, because: [{ mistake, dimension: 'encoding' as const, facts }] })),
    ),
  ];
}

/** White space around a text; that inside of it may belong to its form. */
function whiteSpace(facts: Facts): Cause {
  const mistake = signatureTexts.find(({ name }) => name === 'signature-whitespace')!;
  return { mistake, dimension: 'encoding', facts };
}
