import type { JsonObject } from '../language/json.ts';
import type { SdkMetadata } from './sdk-call.ts';

/** What optimized integrations add to a service's output: how the HTTP exchange went. */
export function httpMetadata({ httpStatusCode, requestId, headers = {} }: SdkMetadata): JsonObject {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    SdkHttpMetadata: { AllHttpHeaders: lists, HttpHeaders: headers, HttpStatusCode: httpStatusCode ?? 200 },
    SdkResponseMetadata: { RequestId: requestId ?? '' },
  };
}
