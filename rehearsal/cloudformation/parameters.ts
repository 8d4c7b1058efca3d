import type { Template, TemplateParameter } from './template.ts';

/** Reads Systems Manager's parameters, for template parameters of an SSM type. */
export type ParameterLookup = (name: string) => Promise<string | undefined>;

export type ParameterValue = string | readonly string[];

/** What the parameters of a template stand for. `cdk deploy` passes none beyond the defaults, and neither does a rehearsal. */
export async function resolveParameters(
  { Parameters = {} }: Template,
  lookup: ParameterLookup,
): Promise<Record<string, ParameterValue>> {
  const entries = Object.entries(Parameters).map(async ([name, parameter]) => {
    return [name, await valueOf(name, parameter, lookup)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>` names a parameter and stands for its value. */
async function valueOf(
  name: string,
  { Type, Default }: TemplateParameter,
  lookup: ParameterLookup,
): Promise<ParameterValue> {
  if (Default === undefined)
    throw new Error(`Parameter ${name} has no default: a rehearsal deploys templates with defaults only`);
  const text = String(Default);
  const stored = Type.startsWith('AWS::SSM::Parameter::Value<') ? await lookup(text) : text;
  if (stored === undefined)
    throw new Error(`Parameter ${name}: there is no Systems Manager parameter ${text} in the rehearsal`);
  return /(List<|CommaDelimitedList)/.test(Type) ? stored.split(',').map((part) => part.trim()) : stored;
}
