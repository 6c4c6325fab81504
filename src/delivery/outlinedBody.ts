import type { Provider } from '../core/provider.js';
import { type Outline, outlineBody } from '../json/outline.js';
import { parseJson } from '../json/parse.js';
import { getPath, type PathStep } from '../json/path.js';
import type { Span } from '../json/span.js';
import type { Json } from '../json/value.js';
import type { CompiledPayload } from '../payloads/compiled.js';

/** A value that is put into a body, as JSON in bytes of Latin-1. */
interface Put {
  readonly span: Span;
  readonly json: string;
}

/** The outlines of payloads, and the values in them that are the same in each delivery. */
const outlines = new WeakMap<CompiledPayload, { readonly outline: Outline | null; readonly fixed: Map<Span, Json> }>();

/** A body that was filled from a payload: values are read from it and put into it where the payload has them, without reading all of it. */
export class OutlinedBody {
  private readonly puts: Put[] = [];
  private assembled: Uint8Array | null;

  private constructor(
    private readonly filled: Buffer,
    private readonly outline: Outline,
    private readonly fixed: Map<Span, Json>,
  ) {
    this.assembled = filled;
  }

  /** Null where the payload has no outline. */
  static of(body: Uint8Array, payload: CompiledPayload, { dialect }: Pick<Provider, 'dialect'>): OutlinedBody | null {
    let known = outlines.get(payload);
    if (!known) {
      const changes = payload.holes.flatMap(({ offsets }) => offsets);
      known = { outline: outlineBody(payload.bytes, dialect, changes), fixed: new Map() };
      outlines.set(payload, known);
    }
    const { outline, fixed } = known;
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
    return outline && outline.dialect === dialect ? new OutlinedBody(bytes, outline, fixed) : null;
  }

  /** All of its bytes. */
  get bytes(): Uint8Array {
    this.assembled ??= this.assemble();
    return this.assembled;
  }

  /** Puts JSON, as bytes of Latin-1, in the place of the value at a path of a JSON body; false where there is none, or something that was put is in it. */
  put(steps: readonly PathStep[], json: string): boolean {
    const span = this.outline.fields ? null : this.outline.spanAt(steps);
    if (!span || this.puts.some((put) => overlap(put.span, span))) return false;
    this.puts.push({ span, json });
    this.assembled = null;
    return true;
  }

  /** The value at a path; undefined where there is none. */
  at(steps: readonly PathStep[]): Json | undefined {
    const span = this.outline.spanAt(steps);
    if (!span) return undefined;
    const put = this.puts.length === 0 ? undefined : this.puts.find((each) => overlap(each.span, span));
    if (!put) return this.read(span);
    if (put.span === span) return parseJson(Buffer.from(put.json, 'latin1').toString('utf8'));
    return getPath(parseJson(Buffer.from(this.bytes).toString('utf8')), steps);
  }

  /** The fields of a form, each of them there once; null for another body. */
  formFields(): (readonly [name: string, text: string])[] | null {
    return this.outline.fields?.map(({ name, span }) => [name, this.read(span) as string]) ?? null;
  }

  private read(span: Span): Json {
    const known = this.fixed.get(span);
    if (known !== undefined) return known;
    const text = this.filled.toString('utf8', ...span);
    const value = this.outline.fields ? formValue(text) : jsonValue(text);
    if (this.outline.isFixed(span)) this.fixed.set(span, value);
    return value;
  }

  private assemble(): Uint8Array {
    const puts = this.puts.length > 1 ? [...this.puts].sort((one, other) => one.span[0] - other.span[0]) : this.puts;
    let { length } = this.filled;
    for (const { span, json } of puts) length += json.length - (span[1] - span[0]);
    const bytes = Buffer.allocUnsafe(length);
    let from = 0;
    let to = 0;
    for (const { span, json } of puts) {
      to += this.filled.copy(bytes, to, from, span[0]);
      to += bytes.write(json, to, 'latin1');
      from = span[1];
    }
    this.filled.copy(bytes, to, from);
    return bytes;
  }
}

function overlap([start, end]: Span, [otherStart, otherEnd]: Span): boolean {
  return start < otherEnd && otherStart < end;
}

function jsonValue(text: string): Json {
  if (text.startsWith('"') && !text.includes('\\')) return text.slice(1, -1);
  return parseJson(text);
}

function formValue(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return new URLSearchParams(`=${text}`).get('')!;
  }
}
