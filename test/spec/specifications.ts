/** A specification of our own with the constructs that such documents have, in OpenAPI 3.1. */
export const openApi31 = {
  openapi: '3.1.0',
  info: { title: 'Acme Shop API', version: '2' },
  externalDocs: { url: 'https://acme.example.com/docs' },
  security: [{ key: [] }],
  webhooks: {
    'order.created': { post: operation('Order', 'order.created') },
    'order.paid': { post: { ...operation('Order', 'order.paid'), summary: 'The money has come', deprecated: true } },
    'pet.adopted': { $ref: '#/components/pathItems/adopted' },
    nothing: { post: { responses: {} } },
    odd: { post: { requestBody: { content: { 'text/csv': { schema: { type: 'string' } } } } } },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    parameters: {
      signature: { name: 'X-Acme-Signature', in: 'header', schema: { type: 'string' }, example: 'sha256=ab12' },
      id: { name: 'X-Acme-Delivery-ID', in: 'header', schema: { type: 'string', format: 'uuid' } },
      event: { name: 'X-ACME-Event', in: 'header', schema: { type: 'string' } },
      version: { name: 'X-Acme-Version', in: 'header', schema: { enum: ['2026-01'] } },
      odd: { name: 'X-Acme-Odd', in: 'header', schema: { type: 'string' } },
    },
    pathItems: { adopted: { post: operation('Pet', 'pet.adopted') } },
    schemas: {
      Order: {
        type: 'object',
        required: ['id', 'total', 'customer', 'lines'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          total: { type: 'integer', minimum: 0 },
          customer: { $ref: '#/components/schemas/Customer' },
          lines: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Line' } },
          parent: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] },
        },
      },
      Customer: {
        type: 'object',
        required: ['id', 'email'],
        properties: { id: { type: 'string' }, email: { type: 'string', format: 'email' } },
      },
      Line: {
        allOf: [
          { $ref: '#/components/schemas/Priced' },
          { type: 'object', required: ['sku'], properties: { sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{2}$' } } },
        ],
      },
      Priced: { type: 'object', required: ['price'], properties: { price: { type: 'number' } } },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } },
      },
      Cat: {
        type: 'object',
        required: ['kind', 'lives'],
        properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
      },
      Dog: {
        type: 'object',
        required: ['kind', 'size'],
        properties: { kind: { type: 'string' }, size: { type: 'integer' } },
      },
    },
  },
};

function operation(schema: string, event: string) {
  return {
    operationId: `on_${event}`,
    description: `Sent for \`${event}\`. More is told elsewhere.`,
    parameters: ['signature', 'id', 'event', 'version', 'odd'].map((name) => ({
      $ref: `#/components/parameters/${name}`,
    })),
    requestBody: {
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['type', 'data'],
            properties: {
              id: { type: 'string' },
              type: { const: event },
              data: { $ref: `#/components/schemas/${schema}` },
            },
          },
        },
      },
    },
    responses: { '204': {}, '410': {} },
  };
}

/** OpenAPI 3.0: `x-webhooks`, callbacks, `nullable`, bounds as switches. */
export const openApi30 = `openapi: 3.0.3
info: { title: Acme Webhooks, version: '1' }
x-webhooks:
  account.opened:
    post:
      security: [{ basic: [] }]
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - { $ref: '#/components/schemas/Event' }
                - { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Account' } } }
      responses: { '200': { description: ok } }
paths:
  /subscriptions:
    post:
      callbacks:
        account.closed:
          '{$request.body#/url}':
            post:
              security: [{ basic: [] }]
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } } }
              responses: { '200': { description: ok } }
components:
  securitySchemes: { basic: { type: http, scheme: basic } }
  schemas:
    Event: { type: object, required: [type, at], properties: { type: { type: string }, at: { type: string, format: date-time } } }
    Account:
      type: object
      required: [id, balance, closed_at]
      properties:
        id: { type: string }
        balance: { type: integer, minimum: 0, exclusiveMinimum: true }
        closed_at: { type: string, format: date-time, nullable: true }
`;
