import { type FieldContext, hasFailed, hashText } from './fieldContext.js';
import { amountOf, isMoneyName, type OrderMoney } from './moneyValues.js';
import { emailOf, isCompany, isPerson, isProduct, personOf, type SampleCast } from './sampleCast.js';
import { idPrefix, type SampleIds } from './sampleIds.js';
import { fieldMoment, isTimeName, writeMoment } from './sampleTimes.js';
import { stateAfter, stateOrRegion } from './stateText.js';

/** The cast and the ids that values are made of. */
export interface SampleWorld {
  readonly cast: SampleCast;
  readonly order: OrderMoney;
  readonly ids: SampleIds;
  /** Paths at which an envelope holds the event's own id. */
  readonly isEnvelope: boolean;
  /** The first word of the company's name; empty where it is not known. */
  readonly vendor: string;
}

type Text = (field: FieldContext, world: SampleWorld) => string;

const who = ({ owner, name, at }: FieldContext, { cast }: SampleWorld) =>
  personOf(cast, isPerson(owner) ? owner : name, at);
const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const link =
  (path: string): Text =>
  ({ owner, event }) =>
    `https://example.com/${path}/${slugOf(owner)}-${100 + event.number}`;

/** Names of fields, the more specific ones first, and their texts. */
const texts: readonly (readonly [name: RegExp, text: Text])[] = [
  [/^(?:from|reply_to|sender_email|from_(?:email|address))$/, () => 'support@example.com'],
  [/e_?mail|^(?:to|cc|bcc|recipients?)$/, (field, world) => emailOf(who(field, world))],
  [/(?:first|given)_?name/, (field, world) => who(field, world).given],
  [/(?:last|family|sur)_?name/, (field, world) => who(field, world).family],
  [
    /(?:full|display|legal|customer|recipient|sender|cardholder|holder|account_holder|contact|billing|shipping|buyer|payer|owner|author|user)_name$|^name_on_card$/,
    (field, world) => fullName(field, world),
  ],
  [/user_?name|(?:^|_)login$|screen_name|^handle$|nickname/, (field, world) => who(field, world).username],
  [
    /(?:company|organi[sz]ation|merchant|business|store|shop|team|vendor|brand)_?name|^company$|^organi[sz]ation$|^brand$|^vendor$|^merchant$/,
    (_, { cast }) => cast.company,
  ],
  [/(?:product|item|variant)_(?:name|title)/, ({ at }, { cast }) => cast.products[at % cast.products.length]!.title],
  [/(?:^|_)sku$/, ({ at }, { cast }) => cast.products[at % cast.products.length]!.sku],
  [/phone|mobile|msisdn|(?:^|_)fax|^tel$/, (_, { cast }) => cast.phone],
  [/currency/, (_, { cast }) => cast.currency],
  [/country_name/, (_, { cast }) => cast.countryName],
  [/country/, (_, { cast }) => cast.country],
  [/(?:state|province|region)_code/, (_, { cast }) => cast.regionCode],
  [/province|region|(?:^|address_)state$|administrative_area|county/, stateOrRegion],
  [/(?:^|_)(?:city|town|locality)$|place_of_birth/, (_, { cast }) => cast.city],
  [/post(?:al)?_?code|(?:^|_)zip(?:_?code)?$/, (_, { cast }) => cast.postcode],
  [/(?:address_?)?line_?1$|^address_?1$|^address$|street(?:_address)?$|street_name/, (_, { cast }) => cast.street],
  [/(?:address_?)?line_?[23]$|^address_?[23]$|house_number_or_name|^unit$|apartment/, () => 'Unit 4'],
  [/house_number|street_number/, () => '14'],
  [/time_?zone|^tz$/, (_, { cast }) => cast.timeZone],
  [/locale/, (_, { cast }) => `${cast.language}-${cast.country}`],
  [/(?:^|_)lang(?:uage)?$/, (_, { cast }) => cast.language],
  [/ip_address|(?:^|_)ip(?:v4)?$|remote_addr/, () => '203.0.113.24'],
  [/user_?agent/, () => 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  [/host_?name|(?:^|_)domain(?:_name)?$|(?:^|_)host$/, () => 'shop.example.com'],
  [/mime|content_type|media_type/, () => 'application/pdf'],
  [/file_?name|attachment_name/, ({ event }) => `invoice-${1040 + event.number}.pdf`],
  [/avatar|image|photo|picture|logo|icon|thumbnail/, ({ owner }) => `https://cdn.example.com/${slugOf(owner)}.png`],
  [
    /(?:^|_)(?:url|uri|href|link|website|homepage|endpoint|callback|compare)s?$|(?:^|_)(?:url|uri|href|link)_/,
    link('v1'),
  ],
  [/(?:^|_)path$/, ({ owner }) => `/${slugOf(owner)}`],
  [/last_?4|last_four/, () => '4242'],
  [/^bin$|card_bin|^iin$/, () => '424242'],
  [/(?:card_)?brand|card_scheme|network$/, () => 'visa'],
  [/exp(?:iry|iration)?_?month/, () => '08'],
  [/exp(?:iry|iration)?_?year/, () => '2029'],
  [/iban/, () => 'NL91ABNA0417164300'],
  [/(?:^|_)bic$|swift/, () => 'ABNANL2A'],
  [/bank_name/, () => 'Harbour Bank'],
  [/routing_number|sort_code/, () => '110000000'],
  [/account_number/, () => '000123456789'],
  [/vat|tax_(?:id|number)/, (_, { cast }) => `${cast.country}812345678`],
  [
    /fingerprint|checksum|digest|(?:^|_)(?:hash|sha|sha1|oid|commit_id|head_sha|tree_id|etag)$|^(?:before|after|commit)$/,
    opaque('hex', 40),
  ],
  [/md5/, opaque('hex', 32)],
  [/wallet(?:_address)?$/, (field, world) => `0x${opaque('hex', 40)(field, world)}`],
  [/(?:^|_)node_id$/, opaque('alphanumeric', 20)],
  [/token|secret|(?:^|_)nonce$|challenge$|api_key|client_key|password/, opaque('alphanumeric', 24)],
  [/signature|sha256/, opaque('hex', 64)],
  [
    /(?:order|invoice|receipt|ticket|case|reference|confirmation|tracking|document|credit_note|quote)_?(?:number|no|nr|ref|reference)$|^(?:number|reference|ref)$|(?:^|_)merchant_reference$|_reference$/,
    reference,
  ],
  [/(?:^|_)(?:version|api_version)$/, () => '1.4.0'],
  [/semver|release_name|tag_name/, () => 'v1.4.0'],
  [/branch|(?:^|_)ref$/, () => 'main'],
  [/colou?r/, () => '2f6f8f'],
  [/(?:^|_)slug$|(?:^|_)handle$/, (field, world) => slugOf(titleOf(field, world))],
  [/subject(?:_line)?$/, ({ event }) => `Your ${words(event.subject)} of January`],
  [/description|summary|details?$|memo|statement_descriptor|narrative|purpose|about|bio$/, describing],
  [
    /(?:^|_)(?:text|message|comment|note|notes|remark|remarks|body|content|feedback|review|caption|instructions?)$/,
    saying,
  ],
  [/html/, ({ event }) => `<p>Thank you. Your ${words(event.subject)} is ready.</p>`],
  [/reason|explanation|cause/, () => 'requested_by_customer'],
  [/(?:error|failure|decline)_(?:message|description)/, () => 'The card was declined by its bank.'],
  [/(?:error|failure|decline|response|result)_code$/, () => 'card_declined'],
  [/vector_string|cvss/, () => 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'],
  [/version_range|patched_version/, () => '< 1.4.1'],
  [/severity|(?:^|_)priority$|(?:^|_)level$/, () => 'medium'],
  [/commitish/, () => 'main'],
  [/^mcc$|merchant_category/, () => '5734'],
  [/account_type/, () => 'checking'],
  [/visibility|privacy|view_type/, () => 'public'],
  [/(?:^|_)rate$|^factor$/, () => '1.0'],
  [/plain_text|body_plain|^help$|^zen$/, saying],
  [/^object$/, ({ owner }) => owner || 'event'],
  [
    /^values?$|default_value/,
    ({ owner }) =>
      /header/.test(owner) ? 'ORD-1040' : /record$|^domain$/.test(owner) ? '203.0.113.24' : 'gift-wrapped',
  ],
  [/(?:^|_)status$|(?:^|_)state$|(?:^|_)stage$|(?:^|_)phase$|outcome|conclusion|result$/, stateAfter],
  [/payment_(?:method|type)|(?:^|_)method$/, () => 'card'],
  [/(?:^|_)role$/, () => 'member'],
  [/plan|tier/, () => 'Studio monthly'],
  [/interval|frequency|(?:^|_)period$|recurrence/, () => 'month'],
  [/(?:^|_)unit$/, () => 'piece'],
  [/gender/, () => 'unspecified'],
  [/^(?:live|livemode|test|sandbox)$/, () => 'false'],
  [/^(?:success|(?:is|has)_\w+)$/, () => 'true'],
  [/merchant_account|account_code|namespace/, (_, { cast }) => slugOf(cast.company)],
  [/(?:^|_)title$|headline/, (field, world) => titleOf(field, world)],
  [/(?:^|_)full_name$/, (field, world) => fullName(field, world)],
  [/(?:^|_)name$|label$/, (field, world) => titleOf(field, world)],
  [/(?:^|_)model$/, () => 'standard-2'],
  [/carrier|courier|shipping_method/, () => 'Parcel One'],
  [/service/, () => 'standard'],
  [/tags?$|keyword|label|topic/, () => 'returning'],
  [/category|group|department|segment|industry/, () => 'home-office'],
  [/source|channel|origin|medium|gateway|provider|processor/, () => 'online_store'],
  [/environment|^env$|mode$/, () => 'production'],
  [/scope|permission/, () => 'read'],
  [/(?:^|_)action$/, ({ event }) => event.verb || 'updated'],
  [
    /(?:^|_)(?:type|kind)$/,
    ({ owner, name, event }) => (/^(?:type|kind)$/.test(name) ? owner || event.subject : 'standard'),
  ],
  [/(?:^|_)(?:code|key)$/, ({ owner }) => `${slugOf(owner).replaceAll('-', '_')}_standard`],
  [/duration/, () => 'PT15M'],
  [/(?:^|_)ttl$/, () => '3600'],
];

/** The text of a field, by its name and what holds it. */
export function textOfField(field: FieldContext, world: SampleWorld): string {
  const { name } = field;
  if (isIdName(name) || field.thing !== undefined || world.ids.isKnown(name)) return idText(field, world);
  if (isMoneyName(name)) return decimal(amountOf(field, world));
  const known = textOfName(name);
  if (known) return known(field, world);
  if (isTimeName(name)) return writeMoment(fieldMoment(field, world));
  if (/(?:^|_)count|quantity|number|total|size|length|amount/.test(name)) return '2';
  if (isPerson(name)) return fullName({ ...field, owner: name }, world);
  if (isCompany(name)) return world.cast.company;
  if (isProduct(name)) return titleOf({ ...field, owner: name }, world);
  return plain(field);
}

/** Texts found for names, which recur. */
const knownTexts = new Map<string, Text | null>();
const maxNames = 20_000;

function textOfName(name: string): Text | null {
  const known = knownTexts.get(name);
  if (known !== undefined) return known;
  const [, text = null] = texts.find(([pattern]) => pattern.test(name)) ?? [];
  if (knownTexts.size < maxNames) knownTexts.set(name, text);
  return text;
}

/** Returns whether a field of this name holds an id. */
export function isIdName(name: string): boolean {
  return /(?:^|_)(?:id|ids|uid|uuid|guid|gid|identifier|psp_reference)$/.test(name);
}

/** The thing whose id a field holds: a customer for `customer_id`, and for the `id` of a customer. */
export function thingOfId(
  { name, owner, at, depth, event, thing: knownThing }: FieldContext,
  { isEnvelope, vendor }: SampleWorld,
): string {
  if (knownThing !== undefined)
    return knownThing === 'event' ? `event ${event.name}` : at > 0 ? `${knownThing} ${at}` : knownThing;
  const whole = name.replace(/_?(?:ids?|uid|uuid|guid|gid|identifier)$/, '');
  const noun = vendor === '' ? whole : whole.replace(new RegExp(`^${vendor}(?:_|$)`), '');
  const isEvent =
    (isEnvelope && depth === 1 && noun === '') ||
    /^(?:event|webhook_event|message|delivery|notification|request|idempotency)$/.test(noun);
  if (isEvent) return `event ${event.name}`;
  const thing = noun === '' || noun === 'external' || noun === 'public' ? owner : noun;
  return at > 0 ? `${thing} ${at}` : thing;
}

/** An amount in hundredths as people write it. */
export function decimal(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

function idText(field: FieldContext, world: SampleWorld): string {
  const thing = thingOfId(field, world);
  if (/uuid|guid/.test(field.name)) return world.ids.idOf(thing, { kind: 'uuid4' });
  const noun = thing.startsWith('event ') ? 'evt' : thing.replace(/ \d+$/, '');
  return world.ids.idOf(thing, { kind: 'alphanumeric', length: 16, prefix: idPrefix(noun) });
}

function fullName(field: FieldContext, world: SampleWorld): string {
  const { given, family } = who(field, world);
  return `${given} ${family}`;
}

const things: readonly (readonly [owner: RegExp, title: string])[] = [
  [/repo/, 'storefront'],
  [/project|board|campaign/, 'Spring collection'],
  [/workflow|pipeline|job|build|check/, 'Build and test'],
  [/plan|subscription|tier/, 'Studio monthly'],
  [/coupon|discount|promotion|offer/, 'Spring sale'],
  [/file|document|attachment|asset/, 'invoice-1048.pdf'],
  [/label|tag/, 'returning'],
  [/role/, 'member'],
  [/app|application|integration|installation/, 'Storefront sync'],
  [/endpoint|webhook|hook/, 'Order updates'],
  [/bank/, 'Harbour Bank'],
  [/warehouse|location|branch/, 'Harbour warehouse'],
  [/issue|task|ticket|conversation|thread/, 'Grinder arrives without its lid'],
  [/form|survey/, 'How was your order?'],
  [/meeting|appointment|booking/, 'Introductory call'],
  [/milestone/, 'Spring release'],
  [/header/, 'X-Order-Reference'],
  [/environment/, 'production'],
  [/^domain$/, 'shop.example.com'],
];

function titleOf(field: FieldContext, world: SampleWorld): string {
  const { owner, at, depth } = field;
  if (isPerson(owner) && depth > 1) return fullName(field, world);
  if (isCompany(owner)) return world.cast.company;
  const { products } = world.cast;
  if (isProduct(owner) || /price|product|item/.test(owner)) return products[at % products.length]!.title;
  const [, title] = things.find(([pattern]) => pattern.test(owner)) ?? [];
  return title ?? sentenceCase(owner);
}

function describing({ owner, event }: FieldContext): string {
  if (isProduct(owner)) return 'Made to order, ready in three days';
  if (/repo|project|app|organi[sz]ation|team|workspace/.test(owner)) return 'Everything around the online store';
  const number = 1040 + event.number;
  return /order/.test(owner)
    ? `Order ${number}`
    : `${sentenceCase(owner === '' ? event.subject : owner)} for order ${number}`;
}

function saying(field: FieldContext): string {
  const { event } = field;
  if (hasFailed(field)) return `The ${words(event.subject)} could not be handled: it was rejected.`;
  return 'Thank you, everything arrived as planned.';
}

function reference({ event, name, owner }: FieldContext): string {
  const kind = /^(?:number|reference|ref)$/.test(name) ? owner : name.replace(/_[^_]*$/, '');
  const letters =
    kind
      .replace(/[^a-z]/g, '')
      .slice(0, 3)
      .toUpperCase() || 'REF';
  return `${letters}-${1040 + (/order|merchant|customer/.test(kind) ? 0 : event.number)}`;
}

function opaque(kind: 'hex' | 'alphanumeric', length: number): Text {
  return ({ name, owner, at }, { ids }) => ids.idOf(`${owner} ${name} ${at}`, { kind, length });
}

/** A text for a field of which nothing is known but its name. */
function plain({ name }: FieldContext): string {
  const neutral = ['standard', 'primary', 'regular', 'general'];
  return neutral[hashText(name) % neutral.length]!;
}

function words(noun: string): string {
  return noun.replaceAll('_', ' ');
}

function sentenceCase(noun: string): string {
  const text = words(noun);
  return text === '' ? 'Sample' : text[0]!.toUpperCase() + text.slice(1);
}
