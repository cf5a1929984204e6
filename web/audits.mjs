// Ask a running server every audit of GraphQL over HTTP: one line of JSON per audit.
//
//     node audits.mjs http://127.0.0.1:8000/graphql
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: process.argv[2] });
for (const { id, name, status, reason } of results) {
  console.log(JSON.stringify({ id, name, status, reason: reason ?? null }));
}
