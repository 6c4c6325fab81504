/** Put in by the build; in a source tree it is read as development. */
declare const WEBHOOK_SIM_VERSION: string | undefined;

/** The version of this package. */
export const version = typeof WEBHOOK_SIM_VERSION === 'string' ? WEBHOOK_SIM_VERSION : '0.0.0-development';
