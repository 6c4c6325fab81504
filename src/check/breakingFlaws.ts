import type { FlawRule } from './flawRule.js';

const again = 'A provider takes 5xx and silence as an outage: it sends again for days, and may disable the webhook.';
const trouble = (...names: string[]) => ({ crashed: names, hung: names });

const crash = (name: string, title: string, fix: string, ...cases: string[]): FlawRule => ({
  name,
  title,
  why: again,
  fix,
  any: trouble(...cases),
  explains: trouble(...cases),
});

/** What brought the receiver down although it was signed. */
export const breakingFlaws: readonly FlawRule[] = [
  crash(
    'crash-on-bad-json',
    'A body that is not JSON brings the handler down',
    'JSON.parse outside of try/catch: catch what it throws and answer 400.',
    'malformed-json',
  ),
  {
    name: 'hangs-on-empty-body',
    title: 'An empty body is never answered',
    why: `${again} Each such request keeps a connection open.`,
    fix: "Answer in 'end', also where no data came; for (await …) ends by itself.",
    any: { hung: ['empty-body'] },
    explains: { hung: ['empty-body', 'get', 'head', 'put'] },
  },
  crash(
    'crash-on-empty-body',
    'An empty body brings the handler down',
    'Some parsers give undefined for an empty body: check for it and answer 400.',
    'empty-body',
  ),
  crash(
    'crash-on-unknown-shape',
    'JSON of another shape than expected brings the handler down',
    'event.data.id throws where the event is null, an array, a text or has no data: check it first (a schema does), and answer 400 or 2xx.',
    'null-body',
    'array-body',
    'empty-object',
    'text-body',
  ),
  crash(
    'crash-on-duplicate-keys',
    'A key that is there twice brings the handler down',
    'Answer 400.',
    'duplicate-keys',
  ),
  crash(
    'crash-on-huge-numbers',
    'Numbers beyond every type bring the handler down',
    'Check the range before you calculate or store: Number.isSafeInteger, and 400 for the others.',
    'huge-numbers',
  ),
  crash(
    'crash-on-null-character',
    'Text with \\u0000 or half of a letter brings the handler down',
    'PostgreSQL stores neither: remove them, or answer 400.',
    'null-character',
  ),
  crash(
    'crash-on-invalid-utf8',
    'Bytes that are not UTF-8 bring the handler down',
    "Verify the bytes first; then decode inside of try/catch (body.decode('utf-8') raises), and answer 400.",
    'invalid-utf8',
  ),
  crash(
    'crash-on-proto-key',
    'The keys __proto__ and constructor bring the handler down',
    'Leave them out where you copy or merge objects; look handlers up with Object.hasOwn.',
    'proto-key',
  ),
  crash(
    'crash-on-deep-nesting',
    'Deeply nested JSON brings the handler down',
    'Recursion runs out of stack: limit the depth, or catch RangeError and RecursionError, and answer 400.',
    'deep-nesting',
  ),
  crash(
    'crash-on-content-type',
    'Another content type brings the handler down',
    'The parser leaves the body undefined: answer 415, or read it whatever its type.',
    'wrong-content-type',
  ),
  crash(
    'crash-on-method',
    'Requests with another method bring the handler down',
    'Take POST on this route only and answer 405 to all others, before the body is touched.',
    'get',
    'head',
    'put',
  ),
];
