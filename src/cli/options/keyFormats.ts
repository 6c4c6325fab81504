/** The forms in which receivers hold a public key. */
export const keyFormats = ['pem', 'jwks', 'jwk', 'base64', 'hex', 'certificate'] as const;
