import {
  ICredentialsHelper,
  type ICredentialDataDecryptedObject,
  type ICredentialType,
  type IHttpRequestOptions,
} from 'n8n-workflow';

/** Returns the stored values and lets the credential type authenticate requests, as n8n's own helper does. */
export class StoredCredential extends ICredentialsHelper {
  constructor(
    private readonly type: ICredentialType,
    private readonly data: ICredentialDataDecryptedObject,
  ) {
    super();
  }

  getParentTypes(): string[] {
    return [];
  }

  isCredentialUsableByNode(): boolean {
    return true;
  }

  getDecrypted(): Promise<ICredentialDataDecryptedObject> {
    return Promise.resolve({ ...this.data });
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    _typeName: string,
    request: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = this.type;
    if (typeof authenticate !== 'function') throw new Error('Not the way this credential works');
    return authenticate(credentials, request);
  }

  preAuthentication(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  runPreAuthentication(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  getCredentials(): never {
    throw new Error('Not needed to run a node');
  }

  updateCredentials(): never {
    throw new Error('Not needed to run a node');
  }

  updateCredentialsOauthTokenData(): never {
    throw new Error('Not needed to run a node');
  }

  getCredentialsProperties(): ICredentialType['properties'] {
    return this.type.properties;
  }
}
