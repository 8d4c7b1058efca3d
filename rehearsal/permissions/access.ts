/** Values of condition keys; a list for the keys that AWS calls multivalued. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** Leave that a call needs: one action on each of the resources. */
export interface Access {
  /** `sqs:SendMessage`, as AWS's Service Authorization Reference spells it. */
  readonly action: string;
  /** ARNs. What stands here for an action that knows no resources is taken for `*`. */
  readonly resources: readonly string[];
  /** Condition keys of the service itself; those that all services share are added. */
  readonly context?: RequestContext;
}
