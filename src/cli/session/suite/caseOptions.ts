import { envVariableOf } from '../../../config/variable.js';
import type { Header } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import type { Plain } from '../../../core/plain.js';
import { variablesIn } from '../../../core/variables.js';
import { checkHeader } from '../../../delivery/header.js';
import { longForm } from '../../../suite/expectation.js';
import type { SuiteCase } from '../../../suite/suite.js';
import type { Io } from '../../io/io.js';
import type { CheckFlags } from '../../options/flags/check.js';
import type { FlowFlags } from '../../options/flags/flow.js';
import type { RouteFlags } from '../../options/flags/route.js';
import type { SendFlags } from '../../options/flags/send.js';

/** The flags that a case's keys stand for, and its headers whose values came from the environment. */
export interface CaseFlags<T> {
  readonly flags: T;
  readonly secretHeaders: readonly Header[];
}

/** A case with its variables filled in. */
export interface FilledCase {
  readonly filled: SuiteCase;
  /** The same as it was written: what a variable holds names no environment variable. */
  readonly written: SuiteCase;
  /** Names of the variables whose values came from the environment. */
  readonly secretNames: ReadonlySet<string>;
}

/** The keys of a case that sends, as the flags of `send`. Throws a UsageError for a header that can't go on the wire. */
export function sendFlags(each: FilledCase, io: Io): CaseFlags<SendFlags> {
  const { flags, secretHeaders } = sharedFlags(each, io);
  const { filled } = each;
  const { set = {}, unset, count, concurrency, exact } = filled;
  return {
    flags: given<SendFlags>({
      ...flags,
      set: Object.entries(set).map(([path, value]) => setText(path, value)),
      unset: asList(unset),
      data: filled.data,
      raw: filled.raw,
      forge: filled.forge,
      bodyStyle: filled.bodyStyle,
      fresh: filled.fresh,
      exact: exact || undefined,
      count: asText(count),
      concurrency: asText(concurrency),
      retry: filled.retry || undefined,
      schedule: filled.schedule,
      speed: filled.speed,
      duplicate: asText(filled.duplicate),
      fault: filled.fault,
    }),
    secretHeaders,
  };
}

/** The keys of a case that checks, as the flags of `check`. Throws a UsageError for a header that can't go on the wire. */
export function checkFlags(each: FilledCase, io: Io): CaseFlags<CheckFlags> {
  const { flags, secretHeaders } = sharedFlags(each, io);
  const { only, skip, allEvents, yes, budget } = each.filled;
  const { status } = longForm(each.filled.expect);
  return {
    flags: given<CheckFlags>({
      ...flags,
      only: asList(only),
      skip: asList(skip),
      allEvents: allEvents || undefined,
      yes: yes || undefined,
      budget,
      expect: status === undefined ? undefined : [status].flat().join(','),
    }),
    secretHeaders,
  };
}

/** The keys of a case that tells a flow, as the flags of `flow`. Throws a UsageError for a header that can't go on the wire. */
export function flowFlags(each: FilledCase, io: Io): CaseFlags<FlowFlags> {
  const { flags, secretHeaders } = sharedFlags(each, io);
  const { order, drop, jitter, duplicate, concurrency, speed, probe, orders } = each.filled;
  return {
    flags: given<FlowFlags>({
      ...flags,
      order,
      drop: asList(drop),
      jitter,
      duplicate: asText(duplicate),
      concurrency: asText(concurrency),
      speed,
      probe,
      orders: orders || undefined,
    }),
    secretHeaders,
  };
}

/** The flags of all three commands. */
interface SharedFlags extends RouteFlags {
  readonly secret?: string[];
  readonly timeout?: string;
  readonly variant?: string;
  readonly header?: string[];
  readonly seed?: string;
  readonly now?: string;
}

function sharedFlags(each: FilledCase, io: Io): CaseFlags<SharedFlags> {
  const { filled } = each;
  const headers = Object.entries(filled.header ?? {});
  const secretHeaders = headers.flatMap(([name, text]) => secretHeader([name, text], each, io));
  const secret = new Set(secretHeaders.map(([name]) => name));
  const { insecure, cacert, cert, key, proxy, unixSocket, resolve, keepAlive, publicUrl } = filled;
  return {
    flags: given<SharedFlags>({
      secret: asList(filled.secret),
      timeout: filled.timeout,
      variant: filled.variant,
      header: headers.filter(([name]) => !secret.has(name)).map(([name, text]) => `${name}: ${text}`),
      seed: asText(filled.seed),
      now: asText(filled.now),
      insecure: insecure || undefined,
      cacert,
      cert,
      key,
      proxy,
      unixSocket,
      keepAlive,
      publicUrl,
      resolve: resolve && Object.entries(resolve).map(([host, address]) => `${host}=${address}`),
    }),
    secretHeaders,
  };
}

/** A header whose value comes from the environment, at once or through a variable of the suite; else nothing. */
function secretHeader([name, text]: Header, { written, secretNames }: FilledCase, { env }: Io): Header[] {
  const asWritten = written.header?.[name] ?? '';
  const variable = asWritten.startsWith('env:') ? envVariableOf(text) : null;
  if (variable === null) {
    if (!variablesIn(asWritten).some((each) => secretNames.has(each))) return [];
    checkHeader(name, text);
    return [[name, text]];
  }
  const value = env[variable];
  if (!value)
    throw new UsageError('BAD_HEADER', `header.${name}: the environment has no variable ${variable}. Set it.`);
  checkHeader(name, value);
  return [[name, value]];
}

/** A text keeps the type of what it replaces; all else is JSON. */
function setText(path: string, value: Plain): string {
  return typeof value === 'string' ? `${path}=${value}` : `${path}:=${JSON.stringify(value)}`;
}

function asList(value: string | readonly string[] | undefined): string[] | undefined {
  return value === undefined ? undefined : [value].flat();
}

function asText(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Only what is given, for an absent flag and one without a value are not the same. */
function given<T extends object>(flags: { [K in keyof T]?: T[K] | undefined }): T {
  const entries = Object.entries(flags).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries) as T;
}
