import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type ts from 'typescript';
import { identifySamples } from '../../src/authoring/specified/identifySamples.js';
import type { Plain } from '../../src/core/plain.js';
import { readYaml } from '../../src/documents/readYaml.js';
import { writeYaml } from '../../src/documents/writeYaml.js';
import { writeJson } from '../../src/json/dialect.js';
import type { PathStep } from '../../src/json/path.js';
import { readSampleFile } from '../../src/payloads/readSampleFile.js';
import { sampleFile } from '../../src/payloads/sampleName.js';
import { eventWords } from '../../src/samples/fieldContext.js';
import { type GeneratedSample, generateSamples } from '../../src/samples/generateSamples.js';
import { SchemaJudge } from '../../src/samples/schemaJudge.js';
import { readSpecification } from '../../src/spec/readSpecification.js';
import { editSample } from './editSample.js';
import { formatSample } from './formatSample.js';
import { type DescribedEvents, readDeclarations } from './readDeclarations.js';
import { isAmong, readPlan, type SamplesPlan } from './samplesPlan.js';
import { shareResources } from './shareResources.js';

/** The input of `makeProviderSamples`. */
export interface MakingSamples {
  /** The folder of the provider. */
  readonly folder: string;
  /** The folder from which vendors' packages are found. */
  readonly packages: string;
  readonly compiler: typeof ts;
  readonly types?: string;
  readonly type?: readonly string[];
  /** A specification, or a folder of JSON Schemas. */
  readonly spec?: string;
  readonly isForced: boolean;
}

const largest = 24 * 1024;

/** Makes the samples of a provider and writes them into its folder; resolves with lines for the user. */
export async function makeProviderSamples(asked: MakingSamples): Promise<string[]> {
  const { folder, isForced } = asked;
  const plan = planOf(asked);
  const described = describedEvents(asked, plan);
  const events = described.events.filter(({ name }) => !isAmong(name, plan.skip));
  const givenMs = plan.start === undefined ? undefined : Date.parse(plan.start);
  const { seed, cast, ids, depth } = plan;
  const generated = await generateSamples(
    described.set,
    events.map(({ name: event, schema }) => ({ event, schema })),
    {
      ...(seed !== undefined && { seed }),
      ...(depth !== undefined && { depth }),
      ...(cast && { cast }),
      ...(ids && { ids }),
      ...(givenMs !== undefined && { givenMs }),
    },
  );
  const judge = new SchemaJudge(described.set);
  const edited = generated.samples.map((sample, at): GeneratedSample => {
    const body = structuredClone(likeOf(sample.event, plan, folder) ?? sample.body) as Plain;
    return {
      ...sample,
      body,
      complaints: editSample(
        { event: sample.event, eventAt: described.eventAt },
        body,
        events[at]!.schema,
        plan,
        judge,
      ),
    };
  });
  const wanted = edited.filter(({ event }) => !isAmong(event, plan.handmade));
  const shared = shareResources(new Map(wanted.map(({ event, body }) => [event, body])), findResource);
  const kept: string[] = [];
  for (const [event, sample] of shared.samples) {
    const file = join(folder, 'events', sampleFile({ event, variant: null }));
    if (existsSync(file) && !isForced) kept.push(event);
    else write(file, sample);
  }
  for (const [name, value] of shared.resources) {
    const file = join(folder, 'resources', `${name}.json`);
    if (isForced || !existsSync(file) || kept.length < shared.samples.size) write(file, value);
  }
  return [
    `${edited.length} events; ${shared.samples.size - kept.length} samples written, ${edited.length - shared.samples.size} left as made by hand, ${kept.length} kept as they are there (--force writes them anew), ${shared.resources.size} resources.`,
    ...described.problems.map(({ place, message }) => `${place}: ${message}`),
    ...edited.flatMap(({ event, complaints: [first] }) =>
      first
        ? [`not valid: ${event}: ${first.pointer || 'the body'} ${first.message} ${JSON.stringify(first.params)}`]
        : [],
    ),
    ...wanted.flatMap(({ event, body }) => {
      const size = Buffer.byteLength(formatSample(body));
      return size > largest ? [`too large: ${event} has ${size} bytes. See omit and empty of samples.yaml.`] : [];
    }),
    ...stubs({ ...generated, samples: edited }, described, plan, folder),
  ];
}

/**
 * Returns the plan of the provider, with the current input. Where it has none, a plan is begun in which the existing samples count as made by hand.
 */
function planOf({ folder, types, type }: MakingSamples): SamplesPlan {
  const file = join(folder, 'samples.yaml');
  if (existsSync(file)) {
    const plan = readPlan(readYaml(readFileSync(file, 'utf8'), file).data, file);
    return { ...plan, ...(types !== undefined && { types }), ...(type && { type }) };
  }
  const events = join(folder, 'events');
  const there = existsSync(events) ? readdirSync(events, { recursive: true, encoding: 'utf8' }) : [];
  const names = there.filter((each) => each.endsWith('.json')).map((each) => each.slice(0, -5));
  const plan: SamplesPlan = {
    ...(types !== undefined && { types }),
    ...(type && { type: type.length === 1 ? type[0]! : type }),
    ...(names.length > 0 && { handmade: names.map(decodeURIComponent) }),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, writeYaml(plan as never));
  return plan;
}

function describedEvents({ spec, packages, compiler }: MakingSamples, plan: SamplesPlan): DescribedEvents {
  if (spec !== undefined) {
    const path = resolve(spec);
    const bytes = statSync(path).isDirectory() ? null : readFileSync(path);
    return readSpecification({ path, shown: spec, bytes, cwd: dirname(path) });
  }
  if (plan.types === undefined || plan.type === undefined) {
    throw new Error('Say what the samples are made of: --types <package> --type <Type>, or --spec <openapi.yaml>.');
  }
  const { types, type, omit, eventAt, names } = plan;
  return readDeclarations(compiler, {
    types,
    type: [type].flat() as string[],
    from: packages,
    ...(omit && { omit: omit.filter((name) => !name.includes('.')) }),
    ...(eventAt !== undefined && { eventAt }),
    ...(names && { names }),
  });
}

/** The sample made by hand that another event begins with. */
function likeOf(event: string, { events = {} }: SamplesPlan, folder: string): Plain | null {
  const like = Object.entries(events).find(([names, edit]) => edit.like !== undefined && isAmong(event, [names]))?.[1]
    .like;
  if (like === undefined) return null;
  const file = sampleFile({ event: like, variant: null });
  return JSON.parse(writeJson(readSampleFile(join(folder, 'events'), file), 'js'));
}

/** Finds the object that a sample is about: inside envelopes that hold little else. */
function findResource(event: string, sample: Plain): { path: readonly PathStep[]; name: string } | null {
  const path: PathStep[] = [];
  let value = sample as Record<string, Plain>;
  for (let depth = 0; depth < 3; depth++) {
    const size = JSON.stringify(value).length;
    const [inner] = Object.entries(value).filter(
      ([, each]) => isObject(each) && JSON.stringify(each).length > size / 2,
    );
    if (!inner) break;
    path.push(inner[0]);
    value = inner[1] as Record<string, Plain>;
  }
  const told = typeof value.object === 'string' ? value.object : eventWords(event, 0).subject;
  const name = told.replace(/[^\w.-]/g, '_');
  return path.length === 0 || !/^[\w-]/.test(name) ? null : { path, name };
}

function write(file: string, value: Plain): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatSample(value));
}

/** Returns lines with what is still to be written into `provider.yaml` by hand. */
function stubs(
  generated: Parameters<typeof identifySamples>[0],
  { eventAt }: DescribedEvents,
  { source }: SamplesPlan,
  folder: string,
): string[] {
  const file = join(folder, 'provider.yaml');
  const data = existsSync(file) ? readYaml(readFileSync(file, 'utf8'), file).data : {};
  const { events = {}, identities } = data as { events?: object; identities?: unknown };
  const listed = new Set(Array.isArray(events) ? events : Object.keys(events));
  const missing = generated.samples.filter(({ event }) => !listed.has(event));
  const made = missing.map(({ event }) => `  ${event}: { title: ${titleOf(event)} }`);
  const group = identities === undefined ? identifySamples(generated) : null;
  return [
    ...(made.length > 0 ? ['', `Not in provider.yaml yet (write titles and triggers of your own):`] : []),
    ...(made.length > 0 && listed.size === 0 ? [`everyEvent: { certainty: schema, source: ${source ?? '…'} }`] : []),
    ...(listed.size === 0 && eventAt !== null ? [`eventAt: ${eventAt}`] : []),
    ...(made.length > 0 ? ['events:', ...made] : []),
    ...(group ? [writeYaml({ identities: [{ ...group, events: undefined }] } as never)] : []),
  ];
}

function titleOf(event: string): string {
  const text = event
    .replace(/[._/:-]+/g, ' ')
    .toLowerCase()
    .trim();
  return text === '' ? event : text[0]!.toUpperCase() + text.slice(1);
}

function isObject(value: Plain): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
