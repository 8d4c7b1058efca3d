import { z } from 'zod';
import type { AwsResponse } from '../endpoint/service.ts';
import type { InvocationResult } from './lambda-function.ts';

const structured = z.object({
  statusCode: z.coerce.number(),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  cookies: z.array(z.string()).default([]),
});

const JSON_TYPE = { 'content-type': 'application/json' };

/** What a caller of a function URL receives for the function's answer; an error of the function stays inside. */
export function urlResponse({ payload, functionError }: InvocationResult): AwsResponse {
  if (functionError) return { status: 502, headers: JSON_TYPE, body: 'Internal Server Error' };
  const answer: unknown = JSON.parse(payload);
  const response = structured.safeParse(answer);
  if (!response.success) {
    if (typeof answer === 'object' && answer !== null && 'statusCode' in answer) {
      return { status: 502, headers: JSON_TYPE, body: 'Internal Server Error' };
    }
    return { status: 200, headers: JSON_TYPE, body: typeof answer === 'string' ? answer : payload };
  }

  const { statusCode, headers, body, isBase64Encoded, cookies } = response.data;
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status: statusCode,
    headers: { ...JSON_TYPE, ...named, ...(cookies.length > 0 && { 'set-cookie': cookies.join(', ') }) },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
