import dns from 'node:dns';
import type { LookupFunction } from 'node:net';

const loopback: readonly dns.LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Looks up a host as the system does; to the addresses of `localhost` it adds the loopback ones that are missing, because
 * not every machine's hosts file names `::1`, where a receiver may listen (RFC 6761, 6.3; curl and browsers do so too).
 */
export const lookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, options, (error, address, family) => {
    if (!options.all || !/^(.*\.)?localhost\.?$/i.test(hostname)) return callback(error, address, family);
    const known = error ? [] : (address as unknown as dns.LookupAddress[]);
    const missing = loopback.filter((own) => !known.some((other) => other.address === own.address));
    callback(null, [...known, ...missing]);
  });
};
