import { equal } from '../proof.mjs';
import { receiver } from './frame.mjs';

const verifying = (verify) => receiver({ verify });

/** The values of a header that came more than once are one text, joined with commas. */
const listed = (signature = '') => signature.split(',').map((part) => part.trim());

/** Returns the values of exactly this name in Node's list of names and values. */
const exactly = ({ rawHeaders }, name) =>
  rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1] === name).join(', ');

export const receivers = {
  'any-header': verifying(({ req, expected }) => Object.values(req.headers).includes(expected)),
  'any-signature-header': verifying(({ req, name, expected }) =>
    Object.keys(req.headers).some((key) => key.startsWith(name) && equal(req.headers[key], expected)),
  ),
  'first-of-two': verifying(({ signature, expected }) => equal(listed(signature)[0], expected)),
  'last-of-two': verifying(({ signature, expected }) => equal(listed(signature).at(-1), expected)),
  'any-of-two': verifying(({ signature, expected }) => listed(signature).includes(expected)),
  'case-sensitive-name': verifying(({ req, settings, expected }) => equal(exactly(req, settings.header), expected)),
};
