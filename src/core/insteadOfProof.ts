/** Advice for receivers where nothing in a provider's requests proves who sent them. */
export const insteadOfProof =
  "Put a secret into the address of the webhook, such as https://…/hooks?token=…, and compare it; or take requests from the provider's addresses only.";
