import { closedWhileIdle, type Phase } from '../core/attempt.js';
import type { PeerLabel } from './endpoint.js';

const unknownAuthority = 'the certificate of {place} is signed by an authority that this machine does not know';
const noTls = '{place} does not speak TLS; is it an http:// address?';
const noVersion = '{place} has no version of TLS in common with this machine';
const noHttp1 =
  '{place} speaks HTTP/2 only, and webhook-sim HTTP/1.1, as most providers do; let the receiver take both, or put a proxy before it';
const closed = '{place} closed the connection {when}';

/** Sentences for people, by the code of a failure. */
const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at {place}',
  ENOENT: '{place} does not exist',
  ENOTFOUND: 'there is no host named {host}',
  EAI_AGAIN: 'the name of {host} could not be looked up: no name server answered',
  EHOSTUNREACH: 'there is no route to {place}',
  ENETUNREACH: 'there is no network to {place}',
  ETIMEDOUT: '{place} did not take the connection',
  EACCES: 'this machine does not allow a connection to {place}',
  EPERM: 'this machine does not allow a connection to {place}',
  EADDRNOTAVAIL: 'this machine has no free local address for {place}',
  EMFILE: 'this machine has too many open connections or files for one more',
  ENFILE: 'this machine has too many open connections or files for one more',
  ECONNRESET: '{place} broke off the connection {when}',
  ECONNABORTED: '{place} broke off the connection {when}',
  EPIPE: closed,
  CLOSED_EARLY: closed,
  [closedWhileIdle]: '{place} closed the idle connection just as the request was sent on it, so it is sent again',
  STOPPED: 'the attempt was stopped',
  HANDLER_THREW: '{place} threw an error {when}',
  NO_RESPONSE: '{place} returned nothing that is a response',
  CUT_ON_PURPOSE: 'webhook-sim cut the connection to {place} in the middle of the body, as {fault} cut-body asks',
  HEADER_TOO_LARGE: 'the header of the answer from {place} is too large: over 16 KiB',
  LENGTH_MISMATCH: 'the answer from {place} is shorter than its Content-Length says',
  NOT_HTTP: '{place} answered with something that is not HTTP/1.1',
  INVALID_HEADER: 'the header of the answer from {place} is not valid HTTP{reason}',
  INVALID_BODY: 'the body of the answer from {place} is not valid HTTP{reason}',
  UNEXPECTED_UPGRADE: '{place} switched to another protocol, which was not asked for',
  SPEAKS_TLS: '{place} speaks TLS; is it an https:// address?',
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: noVersion,
  ERR_SSL_UNSUPPORTED_PROTOCOL: noVersion,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: noHttp1,
  SPEAKS_HTTP2: noHttp1,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: '{place} asks for a client certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of {place} is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_HAS_EXPIRED: 'the certificate of {place} has expired',
  CERT_NOT_YET_VALID: 'the certificate of {place} is not valid yet',
  CERT_REVOKED: 'the certificate of {place} has been revoked',
  INVALID_PURPOSE: 'the certificate of {place} is not one for a server: its extended key usage names other purposes',
  MD_TOO_WEAK: 'the certificate of {place} is signed with a digest that is not safe any more, such as SHA-1',
  KEY_TOO_SMALL: 'the certificate of {place} has a key that is too small to be safe',
  ERR_SSL_EE_KEY_TOO_SMALL: 'the certificate of {place} has a key that is too small to be safe',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of {place} is for another host{reason}',
};

const whens: Record<Phase, string> = {
  dns: 'before it was open',
  connect: 'before it was open',
  tls: 'during the TLS handshake',
  send: 'while the request was being sent',
  wait: 'before it answered',
  receive: 'in the middle of its answer',
};

/** The values that a sentence on a failure may mention. */
export interface Mention {
  readonly phase: Phase;
  readonly place: PeerLabel;
  /** The option of faults as the user writes it. */
  readonly fault?: string;
  /** A detail in brackets, such as the parser's reason; of the receiver's text only names that are safe. */
  readonly reason: string | null;
}

/** One sentence on a failure, by its code. */
export function describeTransportError(code: string, mention: Mention): string {
  return fillIn(meanings[code] ?? describeUnknown(code, mention.phase), mention);
}

/** A sentence with the names in its braces filled in. */
export function fillIn(sentence: string, { phase, place, reason, fault = 'fault' }: Mention): string {
  const values: Record<string, string> = {
    place: place.address,
    host: place.hostname,
    onward: place.onward,
    when: whens[phase],
    reason: reason ?? '',
    fault,
  };
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}

function describeUnknown(code: string, phase: Phase): string {
  return phase === 'tls'
    ? `the TLS handshake with {place} failed (${code})`
    : `the connection to {place} failed {when} (${code})`;
}
