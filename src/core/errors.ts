/** Base of all errors that this program throws on purpose: a stable code, and a message that says what to do. */
export class WebhookSimError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Something in the command, the library call or a file is wrong; nothing was sent. Exit code 2. */
export class UsageError extends WebhookSimError {}
