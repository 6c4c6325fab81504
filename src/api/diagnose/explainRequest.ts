import type { Capture } from '../../capture/capture.js';
import type { Diagnosis } from '../../core/diagnosis.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { verifyOptions } from '../../options/verify.js';
import { prepareVerify } from '../../session/verify/prepareVerify.js';
import { callName } from '../assertOptions.js';
import type { MakingOptions, ProjectOptions } from '../project/callOptions.js';
import { openCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import { type HeadersInput, headerPairs } from '../settings.js';

const callOptions = omitOptions(verifyOptions, ['body', 'header', 'json', 'quiet']);
const others = ['provider', 'headers', 'body', 'method', 'capture'];

/** Reads all options and explains the signature. */
export async function explainRequest(given: DiagnoseOptions): Promise<Diagnosis> {
  const options = readCall(callOptions, others, given);
  const { project, provider = null, io } = await openCall({ provider: given.provider, config: given.config });
  const source = readSource(given, provider);
  const sayProvider = (name: string) => `${callName('provider')}: '${name}'`;
  const ready = await prepareVerify({ project, provider, source, sayProvider }, options, io);
  return freezeResult(await ready.diagnose());
}

function readSource(given: DiagnoseOptions, provider: Provider | null): Capture | Uint8Array {
  const { capture, headers, body, method, entry } = given;
  const isRequest = headers !== undefined || body !== undefined || method !== undefined;
  if (capture !== undefined) {
    if (isRequest) {
      throw new UsageError(
        'CONFLICT',
        `${callName('capture')} is a whole request. Leave out headers, body and method.`,
      );
    }
    return Buffer.from(capture as Uint8Array);
  }
  if (entry !== undefined) {
    throw new UsageError(
      'CONFLICT',
      `${callName('entry')} chooses from a capture. Give that as ${callName('capture')}.`,
    );
  }
  if (headers === undefined || body === undefined) {
    const wanted = `${callName('headers')} and ${callName('body')}`;
    throw new UsageError('NO_CAPTURE', `Which request? Give its ${wanted} as they came, or ${callName('capture')}.`);
  }
  const request = {
    method: method ?? provider?.method ?? 'POST',
    url: 'http://localhost/',
    headers: headerPairs(headers),
    body: Buffer.from(body as Uint8Array),
  };
  return { request, at: null, notes: [] };
}

/** A request as it came, and what it is held against: `headers` and `body`, or a `capture`. */
export interface DiagnoseOptions extends Pick<MakingOptions, 'secret' | 'now'>, ProjectOptions {
  /** The provider of the request; by default it is recognized by its signature headers. */
  readonly provider?: AnyProvider;
  /** As they came: a `Headers`, pairs, or an object such as `request.headers` of Node. */
  readonly headers?: HeadersInput;
  /** The raw body, byte for byte; text is taken as UTF-8. */
  readonly body?: string | Uint8Array;
  /** `POST` by default; for providers that sign it. */
  readonly method?: string;
  /** The text of a captured request: HTTP, a HAR, a curl command or the export of a tool. */
  readonly capture?: string | Uint8Array;
  /** The number of the request among several, from 1; by default the first that has the signature. */
  readonly entry?: number;
  /** The URL that was signed, where a scheme signs it. */
  readonly url?: string | URL;
  /** The age that a signed time may have: milliseconds, or a duration; `5m` by default. */
  readonly tolerance?: string | number;
  /** The value that your receiver computed: which mistake gives it? */
  readonly computed?: string;
}
