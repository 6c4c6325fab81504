export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type Encoding = 'hex' | 'HEX' | 'base64' | 'base64url';

/** One step that turns the text of a secret into key bytes: `strip:whsec_`, `base64` or `hex`. */
export type KeyStep = `strip:${string}` | 'base64' | 'hex';

/** A keyed hash over `content`, a template whose text is the signed bytes. */
export interface HmacScheme {
  readonly scheme: 'hmac';
  readonly hash: HashName;
  readonly content: string;
  readonly encoding: Encoding;
  /** Steps from the secret's text to the key, a decoding one last; none means the text's UTF-8 bytes. */
  readonly key?: readonly KeyStep[];
}

/** A plain hash over `content`, in which the secret itself may stand (`{secret}`). */
export interface DigestScheme {
  readonly scheme: 'digest';
  readonly hash: HashName;
  readonly content: string;
  readonly encoding: Encoding;
}

/** How one signature comes about. */
export type SchemeOptions = HmacScheme | DigestScheme;
