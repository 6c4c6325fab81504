/** A person that samples are about. */
export interface CastPerson {
  readonly given: string;
  readonly family: string;
  readonly username: string;
  /** By default made of the names. */
  readonly email?: string;
}

/** Whom and what all samples of a provider are about: the same people, company, place and money. */
export interface SampleCast {
  readonly people: readonly CastPerson[];
  readonly company: string;
  readonly products: readonly CastProduct[];
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly regionCode: string;
  readonly postcode: string;
  readonly country: string;
  readonly country3: string;
  readonly countryName: string;
  readonly currency: string;
  /** The total of an order, in hundredths of the currency; by default the sum of its parts. */
  readonly total?: number;
  readonly phone: string;
  readonly timeZone: string;
  readonly language: string;
  readonly latitude: number;
  readonly longitude: number;
}

interface CastProduct {
  readonly title: string;
  readonly sku: string;
  /** In hundredths of the currency. */
  readonly price: number;
}

const products: readonly CastProduct[] = [
  { title: 'Desk lamp', sku: 'LAMP-07', price: 4900 },
  { title: 'Linen notebook', sku: 'NOTE-21', price: 1250 },
  { title: 'Coffee grinder', sku: 'GRIND-3', price: 8900 },
  { title: 'Wool blanket', sku: 'WOOL-12', price: 6400 },
];

const people = (...names: readonly string[]): CastPerson[] =>
  names.map((name) => {
    const [given = '', family = ''] = name.split(' ');
    return { given, family, username: `${given}-${family}`.toLowerCase() };
  });

/** Telephone numbers are of the ranges that are kept free for stories where there are such ranges. */
const casts: readonly Omit<SampleCast, 'products'>[] = [
  {
    people: people('Mira Jansen', 'Tomas Bakker', 'Elif Visser', 'Ruben Smit'),
    company: 'Lantern Supply',
    street: 'Havenstraat 14',
    city: 'Utrecht',
    region: 'Utrecht',
    regionCode: 'UT',
    postcode: '3512 KL',
    country: 'NL',
    country3: 'NLD',
    countryName: 'Netherlands',
    currency: 'EUR',
    phone: '+31970101557',
    timeZone: 'Europe/Amsterdam',
    language: 'nl',
    latitude: 52.0907,
    longitude: 5.1214,
  },
  {
    people: people('Nora Whitfield', 'Samuel Ortiz', 'Grace Kim', 'Owen Blake'),
    company: 'Juniper Goods',
    street: '482 Alder Street',
    city: 'Portland',
    region: 'Oregon',
    regionCode: 'OR',
    postcode: '97205',
    country: 'US',
    country3: 'USA',
    countryName: 'United States',
    currency: 'USD',
    phone: '+15035550142',
    timeZone: 'America/Los_Angeles',
    language: 'en',
    latitude: 45.5202,
    longitude: -122.6842,
  },
  {
    people: people('Priya Raman', 'Dev Malhotra', 'Anita Bose', 'Karan Mehta'),
    company: 'Saffron Lane',
    street: '27 Temple Road',
    city: 'Bengaluru',
    region: 'Karnataka',
    regionCode: 'KA',
    postcode: '560003',
    country: 'IN',
    country3: 'IND',
    countryName: 'India',
    currency: 'INR',
    phone: '+919900055142',
    timeZone: 'Asia/Kolkata',
    language: 'en',
    latitude: 12.9982,
    longitude: 77.5727,
  },
  {
    people: people('Amelia Hart', 'Jonah Clarke', 'Zara Ahmed', 'Felix Moore'),
    company: 'Tidewater Press',
    street: '9 Quay Lane',
    city: 'Bristol',
    region: 'England',
    regionCode: 'ENG',
    postcode: 'BS1 4QA',
    country: 'GB',
    country3: 'GBR',
    countryName: 'United Kingdom',
    currency: 'GBP',
    phone: '+441174960142',
    timeZone: 'Europe/London',
    language: 'en',
    latitude: 51.4501,
    longitude: -2.5967,
  },
];

/** The cast of a seed. */
export function castOf(seed: number): SampleCast {
  return { ...casts[seed % casts.length]!, products };
}

const staff =
  /(?:^|_)(?:sender|author|actor|creator|created_by|updated_by|performed_by|admin|agent|assignee|assigner|employee|reviewer|operator|inviter|invited_by|manager|moderator|staff|committer|pusher|cashier|driver)$/;
const company =
  /(?:^|_)(?:organi[sz]ation|org|company|merchant|business|vendor|seller|store|shop|team|workspace|tenant|enterprise|supplier|publisher|platform|site)$/;
const product = /(?:^|_)(?:product|item|line|good|variant|sku|listing|offer|line_item)$/;
const person =
  /(?:^|_)(?:customer|buyer|payer|payee|user|client|member|recipient|shopper|subscriber|contact|patient|guest|cardholder|holder|person|sender|author|actor|creator|admin|agent|assignee|employee|reviewer|operator|owner|individual|attendee|participant|lead|profile|shipping|billing|shipping_address|billing_address|address|from|to|by|committer|pusher|invitee|student|driver)$/;

/** Returns whether a thing of this name is a person. */
export function isPerson(noun: string): boolean {
  return person.test(noun) || staff.test(noun);
}

/** Returns whether a thing of this name is a company or a group. */
export function isCompany(noun: string): boolean {
  return company.test(noun);
}

/** Returns whether a thing of this name is sold. */
export function isProduct(noun: string): boolean {
  return product.test(noun);
}

/** Returns the person that a noun stands for: customers are one person, staff another. */
export function personOf({ people: all }: SampleCast, noun: string, at = 0): CastPerson {
  return all[((staff.test(noun) ? 1 : 0) + (at > 0 ? at + 1 : 0)) % all.length]!;
}

/** The domain of the cast's company. */
export function domainOf(): string {
  return 'example.com';
}

/** Returns an e-mail address that does not exist. */
export function emailOf({ given, family, email }: CastPerson): string {
  return email ?? `${given}.${family}@example.com`.toLowerCase();
}
