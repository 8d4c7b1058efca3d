/** CloudFormation's answer sheet for one request of a custom resource. */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Shown to whoever deploys, when it failed. */
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** What `Fn::GetAtt` finds. */
  readonly Data?: Readonly<Record<string, string>>;
}

/** Hands in the answer; until then the stack waits, for up to an hour. `late`: nobody waits for it any more. */
export type Respond = (responseUrl: string, response: CustomResourceResponse) => Promise<'answered' | 'late'>;

/** Puts the answer where CloudFormation looks for it. @throws when it was not taken, so that Lambda tries again */
export const respond: Respond = async (responseUrl, response) => {
  const answer = await fetch(responseUrl, {
    method: 'PUT',
    // The address is signed for an empty content type.
    headers: { 'content-type': '' },
    body: JSON.stringify(response),
  });
  // The address is good for two hours at most; trying again does not help.
  if (answer.status >= 400 && answer.status < 500) return 'late';
  if (!answer.ok) throw new Error(`CloudFormation’s response address answered ${answer.status}`);
  return 'answered';
};
