import { describe, expect, it } from 'vitest';

import { serveApi } from './support/served-api.ts';

const api = serveApi();

async function post(operation: string | undefined, body: string) {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      ...(operation !== undefined && { 'x-amz-target': operation }),
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

const call = (operation: string, body: unknown) => post(`CodeDeploy_20141006.${operation}`, JSON.stringify(body));

describe('an answer', () => {
  it('has times in seconds since the epoch, with their milliseconds', async () => {
    await call('CreateApplication', { applicationName: 'web' });

    const { body } = await call('GetApplication', { applicationName: 'web' });

    expect(body).toMatchObject({ application: { createTime: Date.parse('2026-05-04T12:00:00.250Z') / 1000 } });
  });

  it('has the type of the protocol and the id of the request', async () => {
    const { headers } = await call('ListApplications', {});

    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toBe('c0ffee00-0000-4000-8000-000000000000');
  });

  it('has no token where nothing follows', async () => {
    const { body } = await call('ListApplications', {});

    expect(body).toEqual({ applications: [] });
  });
});

describe('a request', () => {
  it('with nothing in its body is one without members', async () => {
    expect(await post('CodeDeploy_20141006.ListApplications', '')).toMatchObject({ status: 200 });
  });

  it('may have members that nobody knows', async () => {
    expect(await call('ListApplications', { colour: 'green' })).toMatchObject({ status: 200 });
  });

  it('means nothing by null', async () => {
    expect(await call('ListApplications', { nextToken: null })).toMatchObject({ status: 200 });
    expect(await call('CreateApplication', { applicationName: null })).toMatchObject({
      body: { __type: 'ApplicationNameRequiredException' },
    });
  });

  it.each([
    ['of another service', 'CodePipeline_20150709.ListPipelines'],
    ['of another case', 'CodeDeploy_20141006.listApplications'],
    ['of every object', 'CodeDeploy_20141006.constructor'],
    ['without a name', undefined],
  ])('for an operation %s is for none at all', async (_, operation) => {
    expect(await post(operation, '{}')).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
  });

  it.each([
    ['is no JSON', '{"applicationName":'],
    ['is no object', '["web"]'],
    ['has a number for a text', '{"applicationName":7}'],
    ['has a text for a list', '{"applicationName":"web","tags":"blue"}'],
    ['has a text for an object', '{"applicationName":"web","tags":["blue"]}'],
  ])('cannot be read when it %s', async (_, body) => {
    const { status, headers, body: answer } = await post('CodeDeploy_20141006.CreateApplication', body);

    expect(status).toBe(400);
    expect(answer).toMatchObject({ __type: 'SerializationException', message: expect.any(String) as string });
    expect(headers.get('x-amzn-errortype')).toBe('SerializationException');
  });
});

it('cannot be read when a number in it is larger than numbers are exact', async () => {
  const minimumHealthyHosts = { type: 'HOST_COUNT', value: 2 ** 53 };

  expect(await call('CreateDeploymentConfig', { deploymentConfigName: 'mine', minimumHealthyHosts })).toMatchObject({
    status: 400,
    body: { __type: 'SerializationException', message: 'value must be a number of at most 53 bits' },
  });
});

describe('a fault of ours', () => {
  it('is answered without its details, which go to the log', async () => {
    api.ports = {
      ...api.ports,
      applications: { ...api.ports.applications, byName: () => Promise.reject(new Error('s3cret')) },
    };

    const { status, body } = await call('GetApplication', { applicationName: 'web' });

    expect(status).toBe(500);
    expect(body).toMatchObject({ __type: 'InternalFailure' });
    expect(JSON.stringify(body)).not.toContain('s3cret');
    expect(api.telemetry.lines).toMatchObject([{ message: 'call failed' }]);
  });
});
