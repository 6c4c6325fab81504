import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

const askedSockets = new WeakSet<Duplex>();

/**
 * Notes whether the server asks for a client certificate, which Node does not report: a client shares signature algorithms with a server only after
 * such a request. With TLS 1.3 the rejection comes after the handshake, as an alert or as a mere close.
 */
export function noteCertificateRequest(socket: TLSSocket): TLSSocket {
  const note = () => {
    if ((socket.getSharedSigalgs() ?? []).length > 0) askedSockets.add(socket);
  };
  return socket.prependOnceListener('secureConnect', note).prependListener('error', note);
}

/** Returns whether the server at the other end of a connection asked for a client certificate. */
export function wasAskedForCertificate(socket: Duplex | null | undefined): boolean {
  return socket ? askedSockets.has(socket) : false;
}
