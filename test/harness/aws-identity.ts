/** GitHub's token service and AWS's in one: tokens of a job, and a role's credentials for them. */
import { listen } from './listen.ts';
import { ACCESS_KEY, SECRET_KEY } from './s3-server.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/ci';
/** What the job asks GitHub with. */
const JOB_TOKEN = 'the-token-of-the-job';
export const ID_TOKEN = 'header.of-the-job.signature';

export interface AwsIdentity extends AsyncDisposable {
  /** Without a slash at the end: AWS's end. */
  readonly url: string;
  /** What a job with `id-token: write` has in its environment. */
  readonly job: Readonly<Record<string, string>>;
  /** Parameters of the requests for a role. */
  readonly asked: URLSearchParams[];
  /** The session tokens that were handed out: `session-1`, … */
  readonly sessions: string[];
  /** Milliseconds that they are said to last. May be changed. */
  lifetime: number;
  /** What to answer instead. May be changed. */
  refusal: { readonly status: number; readonly body: string } | undefined;
}

export async function startAwsIdentity(): Promise<AwsIdentity> {
  const asked: URLSearchParams[] = [];
  const sessions: string[] = [];
  const state: Pick<AwsIdentity, 'lifetime' | 'refusal'> = { lifetime: 3_600_000, refusal: undefined };
  const { url, close } = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method === 'GET') {
      const isJob = request.headers.authorization === `Bearer ${JOB_TOKEN}`;
      const isFor = new URL(request.url ?? '', 'http://x').searchParams.get('audience');
      const isRight = isJob && isFor === 'sts.amazonaws.com';
      response.writeHead(isRight ? 200 : 403, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify(isRight ? { value: ID_TOKEN } : {}));
    }
    asked.push(new URLSearchParams(body));
    if (state.refusal !== undefined) {
      response.writeHead(state.refusal.status, { 'content-type': 'text/xml' });
      return void response.end(state.refusal.body);
    }
    sessions.push(`session-${sessions.length + 1}`);
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
         <AccessKeyId>${ACCESS_KEY}</AccessKeyId><SecretAccessKey>${SECRET_KEY}</SecretAccessKey>
         <SessionToken>${sessions.at(-1)}</SessionToken>
         <Expiration>${new Date(Date.now() + state.lifetime).toISOString()}</Expiration>
       </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    );
  });
  const job = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: JOB_TOKEN,
    AWS_ROLE_ARN: ROLE,
    AWS_ENDPOINT_URL_STS: url,
  };
  return Object.assign(state, { url, job, asked, sessions, [Symbol.asyncDispose]: close });
}

export function stsError(status: number, code: string, message: string): AwsIdentity['refusal'] {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<ErrorResponse>${error}</ErrorResponse>` };
}
