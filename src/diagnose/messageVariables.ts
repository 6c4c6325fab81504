import type { Provider } from '../core/provider.js';
import type { DataScheme } from '../core/scheme.js';
import { describeAlgorithm } from '../core/schemeFacts.js';
import { type Template, templateNames } from '../core/template.js';
import { isData } from '../signing/templates.js';
import { encodingCall, encodingNames } from './hypotheses/encodings.js';
import { isSecretItself, type Reading, writeTemplate } from './reading.js';

/** Returns the variables for the texts of mistakes. */
export function messageVariables(reading: Reading, proof: string): Record<string, string> {
  const { provider, carriers, schemes } = reading;
  const own = carriers.find(({ head, each }) =>
    [...head, ...each].some((part) => 'name' in part && part.name === proof),
  );
  const place = {
    own: own?.name ?? '',
    form: own ? reading.form(own.name) : '',
    thing: isSecretItself(proof, reading) ? 'secret' : 'signature',
  };
  const signature = schemes.get(proof);
  if (!signature || !isData(signature)) return { provider: provider.title, expected: 'the secret itself', ...place };
  const { options, content } = signature;
  return {
    provider: provider.title,
    expected:
      options.scheme === 'jwt'
        ? 'a JSON Web Token'
        : options.scheme === 'crc32'
          ? 'a CRC-32'
          : options.encoding === 'text' || options.encoding === 'form'
            ? 'a text'
            : encodingNames[options.encoding],
    call: callOf(options),
    hash: 'hash' in options ? options.hash : '',
    algorithm: options.scheme === 'digest' ? `a plain ${describeAlgorithm(options)}` : describeAlgorithm(options),
    content: describeContent(content, provider),
    ...place,
  };
}

function callOf(options: DataScheme): string {
  if (options.scheme === 'jwt' || options.scheme === 'crc32') return '';
  if (options.encoding === 'text' || options.encoding === 'form') return '';
  if (options.scheme === 'hmac' || options.scheme === 'digest') return encodingCall(options.encoding);
  return encodingCall(options.encoding).replace('.digest(', '.toString(');
}

/** Describes the signed content, for people, with the names of its fields. */
function describeContent(content: Template, { values }: Provider): string {
  const text = writeTemplate(content);
  if (text === '{body}') return 'the body';
  const fields = templateNames(content).flatMap((name) => {
    const spec = values[name];
    if (spec?.kind === 'field') return [`{${name}} is the field ${spec.path}`];
    if (spec?.kind !== 'fields') return [];
    const all = spec.paths === 'sorted' ? 'all fields by name' : 'all fields';
    const which = typeof spec.paths === 'string' ? all : spec.paths.map(lastKey).join(', ');
    return [`{${name}} is ${which}`];
  });
  return fields.length === 0 ? text : `${text} (${fields.join('; ')})`;
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
