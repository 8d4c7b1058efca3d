import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errors.mjs';

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** Finds `folder/index.handler`: the module is what stands before the first dot of the last path segment. */
export async function loadHandler(taskRoot, handlerName) {
  const dot = handlerName.indexOf('.', handlerName.lastIndexOf('/') + 1);
  const modulePath = handlerName.slice(0, dot);
  const file = EXTENSIONS.map((extension) => join(taskRoot, modulePath + extension)).find(existsSync);
  if (!file) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);

  const exportPath = handlerName.slice(dot + 1).split('.');
  const handler = exportPath.reduce((value, name) => value?.[name], await load(file));
  if (typeof handler === 'function') return handler;
  throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
}

async function load(file) {
  try {
    if (file.endsWith('.mjs')) return await import(pathToFileURL(file).href);
    return createRequire(file)(file);
  } catch (error) {
    // An ES module that awaits at its top level cannot be required.
    if (error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(file).href);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`, error.stack);
    }
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`, error.stack);
    }
    throw error;
  }
}
