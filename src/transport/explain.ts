import type { AttemptError, Phase } from '../core/attempt.js';
import { formatDuration } from '../core/duration.js';

/** What system, TLS and protocol codes mean to a person; the place of the target is put in for `%`. */
const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at %',
  ENOTFOUND: 'there is no host of that name: %',
  EAI_AGAIN: 'the name server did not answer for %',
  EHOSTUNREACH: 'no route to %',
  ENETUNREACH: 'no network to %',
  EACCES: 'this machine does not allow a connection to %',
  EADDRNOTAVAIL: 'this machine has no free local address for %',
  EMFILE: 'too many open connections on this machine',
  ECONNRESET: '% closed the connection abruptly',
  EPIPE: '% closed the connection while the request was being sent',
  UND_ERR_SOCKET: '% closed the connection before its answer was complete',
  UND_ERR_HEADERS_OVERFLOW: 'the header of the answer is too large (over 16 KiB)',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body of the answer has another length than its Content-Length says',
  HPE: 'what came from % is not HTTP',
  EPROTO: '% does not speak TLS; is it an http:// address?',
  ERR_SSL_WRONG_VERSION_NUMBER: '% does not speak TLS; is it an http:// address?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of % is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of % is signed by an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of % is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of % is signed by an authority that this machine does not know',
  CERT_HAS_EXPIRED: 'the certificate of % has expired',
  CERT_NOT_YET_VALID: 'the certificate of % is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of % is for another host',
};

const steps: Record<Phase, string> = {
  dns: 'looking up the host name',
  connect: 'connecting',
  tls: 'the TLS handshake',
  send: 'sending the request',
  wait: 'waiting for an answer',
  receive: 'receiving the answer',
};

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown })?.code;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

/** A failure as a value: what kind it is, and one sentence for a person, without any text of the receiver's. */
export function explainFailure(error: unknown, phase: Phase, bytesCame: boolean, place: string): AttemptError {
  const code = codeOf(error);
  const meaning = meanings[code] ?? (code.startsWith('HPE_') ? meanings.HPE! : `the connection to % failed (${code})`);
  return {
    kind: bytesCame ? 'broken' : 'unreachable',
    code,
    phase,
    message: `${meaning.replace('%', place)}; it happened while ${steps[phase]}`,
  };
}

/** A deadline that passed, as a value. */
export function explainTimeout(timeLimitMs: number, phase: Phase): AttemptError {
  return {
    kind: 'timed_out',
    code: 'TIMED_OUT',
    phase,
    message: `no complete answer within ${formatDuration(timeLimitMs)}; it passed while ${steps[phase]}`,
  };
}
