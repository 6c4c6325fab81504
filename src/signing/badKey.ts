/** What is wrong with a PEM that is given as a private key, as far as its look tells; null where it may be one. */
export function whyNoKey(pem: string): string | null {
  if (!pem.includes('-----BEGIN')) return null;
  if (pem.includes('\\n')) {
    return 'is a PEM with the two characters \\n in place of each line break, as one line of an .env file has it. Give it with line breaks, such as --secret file:key.pem.';
  }
  if (/-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED/.test(pem)) {
    return 'is a private key that is encrypted with a passphrase. Decrypt it first: openssl pkey -in key.pem -out plain.pem';
  }
  if (pem.includes('-----BEGIN OPENSSH ')) {
    return "is a private key in OpenSSH's own form. Make a PEM of it first: ssh-keygen -p -m PEM -f key";
  }
  if (pem.includes(' PRIVATE KEY-----')) return null;
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) return `is a public key, ${signs}`;
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return `is a certificate, which holds a public key, ${signs}`;
  return null;
}

const signs = 'with which nobody can sign. Give the private key.';
