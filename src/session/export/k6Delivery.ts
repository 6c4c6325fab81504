import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { readMoment } from '../../core/moment.js';
import { headerName, type JwtScheme } from '../../core/scheme.js';
import { describeAlgorithm } from '../../core/schemeFacts.js';
import type { GeneratedValueSpec, Template } from '../../core/template.js';
import { formatTime } from '../../core/time.js';
import { withOwnHeaders } from '../../delivery/header.js';
import { putField } from '../../delivery/putField.js';
import { isInQuery } from '../../delivery/queryPayload.js';
import { isRead } from '../../delivery/readValues.js';
import { requestVariables } from '../../delivery/requestVariables.js';
import { type DeliverySource, splitCredentials } from '../../delivery/source.js';
import { compileStages } from '../../delivery/stages.js';
import type { TextSource } from '../../delivery/texts.js';
import { type K6Delivery, type K6Text, k6Names } from '../../export/k6Script.js';
import { formOf } from '../../json/form.js';
import { readPayload } from '../../json/readPayload.js';
import type { CompiledPayload } from '../../payloads/compiled.js';
import type { EventRules } from '../../policy/rules.js';
import { tellsAddress } from '../../signing/covered.js';
import { bytesOf, signedContent } from '../../signing/signContent.js';
import { readFieldTemplates, readQueryTemplates, type SignatureTemplate } from '../../signing/templates.js';
import { type K6Charset, K6Marks, type K6Place } from './k6Marks.js';
import { markHoles, markTime } from './k6Payload.js';

/** The parts of a delivery in a script. */
export interface K6Source {
  readonly name: string;
  readonly source: DeliverySource;
  readonly payload: CompiledPayload;
  readonly rules: Pick<EventRules, 'timeLimitMs' | 'successText'>;
  /** The constants of the script for the user's own headers, by their names in lower case. */
  readonly ownConstants: ReadonlyMap<string, string>;
  /** Whether the script has the address as a variable, so that whoever runs it can set another. */
  readonly isTargetGiven: boolean;
  /** Milliseconds since 1970: the time of the export. */
  readonly now: number;
}

/** Returns the error for a delivery that k6 can't make. */
export function notForK6(name: string, why: string): UsageError {
  return new UsageError(
    'NOT_FOR_K6',
    `${name} can't be sent by a script of k6: ${why}. The command load sends and signs it at a rate, and artillery-engine-webhook-sim in Artillery.`,
  );
}

/** Compiles a delivery: its values, its body and its signatures become constants of a script. Throws a UsageError for what k6 can't make. */
export function compileK6Delivery(given: K6Source): K6Delivery {
  return new K6Compiler(given).delivery();
}

const encodings = { hex: 'word', HEX: 'word', base64: 'base64', base64url: 'word' } as const;

/** Puts a delivery together as `stages` does, with marks in place of what differs each time. */
class K6Compiler {
  private readonly marks = new K6Marks();
  private readonly texts: TextSource;
  private readonly known: Map<string, string>;
  private readonly url: string;
  private readonly secret: string;
  private readonly place: K6Place;
  /** The user's own headers that are secret, by their names in lower case. */
  private readonly ownMarks: ReadonlyMap<string, string>;
  /** The marked body, which fields fill one after the other. */
  private body: Buffer;

  constructor(private readonly given: K6Source) {
    const { source, payload, isTargetGiven, ownConstants, now } = given;
    const { provider } = source;
    if (isInQuery(provider)) throw this.fail('its payload is the query of the address');
    if (provider.body !== undefined) throw this.fail('its payload stands in a body that is made of it');
    this.texts = compileStages(source).texts;
    const { url } = splitCredentials(source.url);
    this.known = requestVariables(source, url);
    this.secret = this.marks.given(k6Names.secret, 'any');
    this.ownMarks = new Map([...ownConstants].map(([name, constant]) => [name, this.marks.given(constant, 'any')]));
    this.url = isTargetGiven ? this.marks.given(k6Names.target, 'any') : url;
    this.place = this.placeOfBody();
    this.body = markHoles(payload, this.marks, now);
  }

  delivery(): K6Delivery {
    const { name, source, rules } = this.given;
    const { provider } = source;
    for (const { name: path, template, kind } of readFieldTemplates(provider)) {
      this.body = Buffer.from(putField(provider, this.body, path, { text: this.text(template), kind }));
    }
    const url = this.addressWithQuery();
    const headers = this.headers().map(([header, value]) => [header, this.marks.split(value)] as const);
    const body = this.marks.split(this.bodyMark());
    return {
      name,
      constants: this.marks.constants,
      method: provider.method,
      url,
      headers,
      body,
      timeLimitMs: rules.timeLimitMs,
      success: rules.successText,
    };
  }

  private fail(why: string): UsageError {
    return notForK6(this.given.name, why);
  }

  private placeOfBody(): K6Place {
    const { dialect } = this.given.source.provider;
    if (dialect === 'php') return 'php';
    if (dialect === 'text') return 'text';
    const form = formOf(dialect);
    return form && form.kind !== 'multipart' ? 'form' : 'json';
  }

  private text(template: Template): string {
    return template.map((part) => ('name' in part ? this.value(part.name) : part.text)).join('');
  }

  private value(name: string): string {
    if (name === '@content-length') throw this.fail('it signs the length of its body');
    const { values } = this.texts.provider;
    const spec = values[name];
    const signature = this.texts.signatures.get(name);
    return (
      this.known.get(name) ??
      (spec && !isRead(spec) ? this.generated(name, spec) : undefined) ??
      (signature ? this.signature(name, signature) : undefined) ??
      this.read(name) ??
      this.secret
    );
  }

  private generated(name: string, spec: GeneratedValueSpec): string {
    switch (spec.kind) {
      case 'given':
        return spec.sample;
      case 'outcome':
        return '';
      case 'attempt':
        return spec.first ?? String(spec.from ?? 1);
      case 'time': {
        const moment = spec.at === undefined ? undefined : readMoment(spec.at);
        const ms = typeof moment === 'object' ? moment.offsetMs : 0;
        const like = formatTime(this.given.now, spec.format, undefined, spec.zone);
        const time = { like, kind: spec.format, moment: { from: 'now', ms } } as const;
        const { mark, rest } = markTime(name, time, this.marks);
        return mark + (spec.format.endsWith('-nanos') ? this.belowMillisecond() + rest.slice(6) : rest);
      }
      default: {
        const { kind, length = 0, prefix = '', pattern } = spec;
        const moment = { from: 'now', ms: 0 } as const;
        const recipe = { kind: 'id', id: kind, length, pattern, moment, isExact: false } as const;
        return prefix + this.marks.constant(name, recipe, pattern === undefined ? 'word' : 'any', name);
      }
    }
  }

  /** The digits of a time below its millisecond, the same wherever it is written. */
  private belowMillisecond(): string {
    const moment = { from: 'now', ms: 0 } as const;
    const recipe = { kind: 'id', id: 'code', length: 6, pattern: '######', moment, isExact: false } as const;
    return this.marks.constant('below', recipe, 'word');
  }

  private signature(name: string, template: SignatureTemplate): string {
    const { options } = template;
    if (options.scheme === 'custom') throw this.fail('a function in JavaScript signs it');
    const content = () =>
      this.textOf(signedContent(template, (part) => (part === 'body' ? this.bodyMark() : this.value(part))));
    switch (options.scheme) {
      case 'hmac':
      case 'digest': {
        const { hash, encoding } = options;
        if (hash.startsWith('sha3-'))
          throw this.fail(`it is signed with ${describeAlgorithm(options)}, which k6 does not have`);
        const key = options.scheme === 'hmac' ? (options.key ?? []) : null;
        const recipe = { kind: 'hash', hash, key, content: this.marks.split(content()), encoding } as const;
        return this.marks.constant(name, recipe, encodings[encoding]);
      }
      case 'encoded': {
        const { part, encoding } = options;
        const charset: K6Charset = encoding === 'text' || encoding === 'form' ? 'any' : encodings[encoding];
        const recipe = { kind: 'encoded', content: this.marks.split(content()), part, encoding } as const;
        return this.marks.constant(name, recipe, charset);
      }
      case 'jwt':
        if (options.algorithm.startsWith('HS')) return this.token(name, options, content());
        throw this.fail(`it is signed with ${describeAlgorithm(options)}, and a script signs with HMAC only`);
      default:
        throw this.fail(`it is signed with ${describeAlgorithm(options)}, and a script signs with HMAC only`);
    }
  }

  private token(name: string, { algorithm: alg, header, key = [] }: JwtScheme, claims: string): string {
    const hash = `sha${alg.slice(2)}` as 'sha256' | 'sha384' | 'sha512';
    const head = Buffer.from(JSON.stringify({ alg, ...header })).toString('base64url');
    const content = this.marks.splitJson(claims);
    const claimsMark = this.marks.constant('claims', { kind: 'encoded', content, encoding: 'base64url' }, 'word');
    const signed = this.marks.split(`${head}.${claimsMark}`);
    const proof = this.marks.constant(
      name,
      { kind: 'hash', hash, key, content: signed, encoding: 'base64url' },
      'word',
    );
    return `${head}.${claimsMark}.${proof}`;
  }

  private textOf(content: Parameters<typeof bytesOf>[0]): string {
    return Buffer.from(bytesOf(content)).toString('utf8');
  }

  /** The body as it is now, as one constant. */
  private bodyMark(): string {
    const text = this.body.toString('utf8');
    if (!Buffer.from(text).equals(this.body)) throw this.fail('its body is not UTF-8');
    const pieces = this.marks.split(text, this.place);
    const isParts = formOf(this.given.source.provider.dialect)?.kind === 'multipart';
    if (isParts && pieces.some((piece) => typeof piece !== 'string' && piece.as))
      throw this.fail('a part of its body holds a secret');
    return this.marks.constant('body', { kind: 'text', text: pieces }, 'any');
  }

  private read(name: string): string | undefined {
    const { readers, provider } = this.texts;
    return readers.get(name)?.({
      body: () => readPayload(this.body, provider.dialect),
      header: (header) => this.header(header),
    });
  }

  /** Returns the value of a header, the user's own or the provider's. */
  private header(name: string): string {
    const isIt = (candidate: string) => candidate.toLowerCase() === name.toLowerCase();
    const own = this.own().find(([candidate]) => isIt(candidate));
    if (own) return own[1];
    const template = this.texts.headers.find((candidate) => isIt(candidate.name));
    return template ? this.text(template.each) : '';
  }

  /** The user's own headers. */
  private own(): Header[] {
    return this.texts.own.map(([name, value]): Header => [name, this.ownMarks.get(name.toLowerCase()) ?? value]);
  }

  private headers(): Header[] {
    const honest = this.texts.headers.flatMap(({ name, head, each, on }): Header[] =>
      on === 'retries' || on === 'second secret' ? [] : [[headerName(name, 1), this.text(head) + this.text(each)]],
    );
    const headers = withOwnHeaders(honest, this.own());
    const names = headers.map(([name]) => name.toLowerCase());
    const twice = headers.find(([name], at) => names.indexOf(name.toLowerCase()) !== at);
    if (twice) throw this.fail(`it has the header ${twice[0]} twice, and k6 sends each once`);
    return headers;
  }

  private addressWithQuery(): K6Text {
    const { provider } = this.given.source;
    const query = readQueryTemplates(provider);
    if (query.length === 0) return this.marks.split(this.url);
    if (tellsAddress(provider)) throw this.fail('it signs the address, to which each delivery adds parameters');
    const first: K6Text = this.given.isTargetGiven
      ? [{ name: k6Names.target, as: 'address' }]
      : [`${this.url}${this.url.includes('?') ? '&' : '?'}`];
    const added = query.flatMap(
      ({ name, template }, at): K6Text => [
        `${at === 0 ? '' : '&'}${encodeURIComponent(name)}=`,
        ...this.parameter(this.text(template)),
      ],
    );
    return [...first, ...added];
  }

  private parameter(text: string): K6Text {
    return this.marks
      .split(text, 'parameter')
      .map((piece) => (typeof piece === 'string' ? encodeURIComponent(piece) : piece));
  }
}
