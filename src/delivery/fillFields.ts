import type { Provider } from '../core/provider.js';
import { keyedNames } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { formOf } from '../json/form.js';
import { parsePath, pathOfParent } from '../json/path.js';
import type { HeaderTemplate, NamedTemplate } from '../signing/templates.js';
import { forgeSignature } from './forgeSignature.js';
import { emptyText, functionFields } from './functionFields.js';
import type { OutlinedBody } from './outlinedBody.js';
import { fieldJson, putField, withoutField } from './putField.js';
import { type DeliveryContent, type DeliveryContents, DeliveryTexts, deliveryTexts, type TextSource } from './texts.js';
import type { MadeValues } from './values.js';

/** A body, perhaps with its outline. */
export type FieldBody = Pick<DeliveryContent, 'body' | 'outlined'>;

/** Fills the fields of a body that differ in each delivery, with the delivery's values. */
export type FieldFiller = (
  body: FieldBody,
  values: MadeValues,
  stated: ReadonlyMap<string, string>,
  context: Pick<DeliveryContents, 'given' | 'random'>,
) => FieldBody;

type OutlineFiller = (
  outlined: OutlinedBody,
  values: ReadonlyMap<string, string>,
  context: Pick<DeliveryContents, 'given' | 'random'>,
) => boolean;

/** Returns a filler of a provider's fields, in order: a signature among them covers the fields above it. */
export function fieldFiller(source: TextSource, fields: readonly NamedTemplate[], otherBody: Uint8Array): FieldFiller {
  const { provider, change } = source;
  if (fields.length === 0) return (body) => body;
  const proofs = proofNames(provider);
  const objects =
    change?.stage === 'header' && change.is === 'object missing'
      ? fields.flatMap(({ name, template }) =>
          templateNames(template).some((part) => proofs.includes(part)) ? (pathOfParent(name) ?? []) : [],
        )
      : [];
  const later = new Set(functionFields(provider).map(({ name }) => name));
  const isForm = formOf(provider.dialect) !== null;
  const paths = fields.map(({ name }) => parsePath(name));
  /** Puts all fields into an outlined body; false where one of them has no place in it. */
  const fillOutlined: OutlineFiller = (outlined, values, context) => {
    const content: DeliveryContent = {
      values,
      outlined,
      get body() {
        return outlined.bytes;
      },
    };
    const texts = new DeliveryTexts(source, { stated: content, signed: content, ...context });
    return fields.every(({ name, template, kind }, at) =>
      outlined.put(paths[at]!, fieldJson(provider, name, { text: texts.text(template, 0), kind })),
    );
  };
  return ({ body, outlined }, { signed }, values, context) => {
    if (outlined && !isForm && later.size === 0 && fillOutlined(outlined, values, context))
      return { body: outlined.bytes, outlined };
    const whole = fields.reduce((filled, { name, template, kind }) => {
      // What a function makes comes later, as it is awaited.
      if (later.has(name) && change?.stage !== 'header')
        return putField(provider, filled, name, { text: emptyText(kind), kind });
      const isProof = templateNames(template).some((part) => proofs.includes(part));
      if (isProof && change?.stage === 'header') {
        if (change.is === 'object missing') return filled;
        return change.is === 'missing'
          ? withoutField(provider, filled, name)
          : putField(provider, filled, name, { text: '', kind: 'text' });
      }
      const covered = change?.stage === 'signedBytes' ? forgeSignature(change, filled, otherBody) : filled;
      const text = deliveryTexts(source, {
        stated: { values, body: filled },
        signed: { values: signed, body: covered },
        ...context,
      });
      const written = text(template, 0);
      const isLeftOut = change?.stage === 'sent time' && change.as === 'nothing' && written === '';
      return isLeftOut
        ? withoutField(provider, filled, name)
        : putField(provider, filled, name, { text: written, kind });
    }, body);
    return { body: [...new Set(objects)].reduce((rest, path) => withoutField(provider, rest, path), whole) };
  };
}

/** The names that prove a request where a template holds them: the signatures, and the secret itself. */
export function proofNames(provider: Provider): string[] {
  return [...keyedNames(provider), 'secret'];
}

/** Says whether a header's template holds one of some names. */
export function mentions(names: readonly string[]): (template: HeaderTemplate) => boolean {
  return ({ head, each }) => templateNames([...head, ...each]).some((name) => names.includes(name));
}
