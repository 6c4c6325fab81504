import type { NameOf } from '../core/errors.js';

/** Circumstances of a failure that its code does not tell. */
export interface Circumstances {
  /** True when the server asked for a client certificate, and when there is one to show. */
  readonly isCertificateRequested: boolean;
  readonly isCertificateShown: boolean;
}

const trust = 'trust its authority with {cacert}, or take any certificate with {insecure}';
const takeAny = '{insecure} takes any certificate';
const oldTls = 'it needs TLS 1.2 or newer';

/** Remedies for failures of TLS, by their code; `{key}` stands for an option. */
const remedies: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'trust it with {cacert}, or take any certificate with {insecure}',
  SELF_SIGNED_CERT_IN_CHAIN: trust,
  UNABLE_TO_GET_ISSUER_CERT: trust,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: trust,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `${trust}; where the authority is a known one, the receiver leaves out a certificate in between`,
  CERT_HAS_EXPIRED: `renew it; until then ${takeAny}`,
  CERT_NOT_YET_VALID: `compare the clocks of both machines; ${takeAny}`,
  CERT_REVOKED: takeAny,
  INVALID_PURPOSE: takeAny,
  MD_TOO_WEAK: takeAny,
  KEY_TOO_SMALL: takeAny,
  ERR_TLS_CERT_ALTNAME_INVALID:
    'send to a name that it is for, with {resolve} where that does not lead there, or take any certificate with {insecure}',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: oldTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: oldTls,
};

const closings = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'CLOSED_EARLY']);
/** A handshake can fail for many reasons; a certificate that was asked for and not shown is the likeliest. */
const missing = new Set(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE']);
const unwanted =
  /^ERR_SSL_(SSLV3|TLSV1|TLSV13)_ALERT_(\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR|HANDSHAKE_FAILURE)$/;

/** Returns a remedy for a failure, to follow its message; empty where none is known. */
export function remedyFor(code: string, circumstances: Circumstances, nameOf: NameOf): string {
  return helpFor(code, circumstances).replace(/\{(\w+)\}/g, (_, key: string) => nameOf(key));
}

function helpFor(code: string, { isCertificateRequested, isCertificateShown }: Circumstances): string {
  const known = remedies[code];
  if (known) return `; ${known}`;
  if (!isCertificateRequested) return '';
  const isClosed = closings.has(code);
  if (isCertificateShown) {
    return isClosed || unwanted.test(code) ? '; it may not take the client certificate ({cert})' : '';
  }
  if (missing.has(code)) return '; give one with {cert} and {key}';
  return isClosed ? '; it had asked for a client certificate: give one with {cert} and {key}' : '';
}

/** Returns the code of a missing certificate where one was asked for and there is none; else the code itself. */
export function certificateCode(code: string, { isCertificateRequested, isCertificateShown }: Circumstances): string {
  return isCertificateRequested && !isCertificateShown && missing.has(code)
    ? 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'
    : code;
}
