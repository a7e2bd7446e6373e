import pg from 'pg';

/**
 * The storage of node-oidc-provider in PostgreSQL, as its documentation prescribes it: upsert by id, consume, an index of grants. One table for all models;
 * every statement is prepared.
 */
export async function pgAdapter({ databaseUrl, poolSize }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  await pool.query(`
    CREATE TABLE oidc_payloads (
      model text NOT NULL, id text NOT NULL, payload jsonb NOT NULL, grant_id text, user_code text, uid text, expires_at timestamptz, consumed_at timestamptz,
      PRIMARY KEY (model, id)
    );
    CREATE INDEX ON oidc_payloads (grant_id) WHERE grant_id IS NOT NULL;
    CREATE INDEX ON oidc_payloads (uid) WHERE uid IS NOT NULL;
    CREATE INDEX ON oidc_payloads (user_code) WHERE user_code IS NOT NULL;
  `);
  const statement = (name, text) => (values) => pool.query({ name, text, values });
  const upsert = statement(
    'upsert',
    `INSERT INTO oidc_payloads (model, id, payload, grant_id, user_code, uid, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (model, id) DO UPDATE SET payload = EXCLUDED.payload, grant_id = EXCLUDED.grant_id, user_code = EXCLUDED.user_code, uid = EXCLUDED.uid,
       expires_at = EXCLUDED.expires_at`,
  );
  const select = (column) =>
    statement(
      `find-${column}`,
      `SELECT payload, consumed_at FROM oidc_payloads WHERE model = $1 AND ${column} = $2 AND (expires_at IS NULL OR expires_at > now())`,
    );
  const [byId, byUid, byUserCode] = ['id', 'uid', 'user_code'].map(select);
  const consume = statement('consume', 'UPDATE oidc_payloads SET consumed_at = now() WHERE model = $1 AND id = $2');
  const destroy = statement('destroy', 'DELETE FROM oidc_payloads WHERE model = $1 AND id = $2');
  const revoke = statement('revoke', 'DELETE FROM oidc_payloads WHERE grant_id = $1');

  const found = ({ rows: [row] }) => row && (row.consumed_at === null ? row.payload : { ...row.payload, consumed: Math.floor(row.consumed_at / 1000) });
  const row = (model, id, payload, expiresIn) => [
    model,
    id,
    JSON.stringify(payload),
    payload.grantId ?? null,
    payload.userCode ?? null,
    payload.uid ?? null,
    expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000),
  ];

  class PgAdapter {
    constructor(model) {
      this.model = model;
    }
    upsert = (id, payload, expiresIn) => upsert(row(this.model, id, payload, expiresIn));
    find = async (id) => found(await byId([this.model, id]));
    findByUid = async (uid) => found(await byUid([this.model, uid]));
    findByUserCode = async (userCode) => found(await byUserCode([this.model, userCode]));
    consume = (id) => consume([this.model, id]);
    destroy = (id) => destroy([this.model, id]);
    revokeByGrantId = (grantId) => revoke([grantId]);
  }

  /** Many models at once, as `save` of each would have kept them; for the bench alone. Answers their values. */
  async function saveAll(models, expiresIn) {
    const rows = await Promise.all(
      models.map(async (model) => {
        model.jti ??= model.generateTokenId();
        model.exp = Math.floor(Date.now() / 1000) + expiresIn;
        return row(model.kind, model.jti, (await model.getValueAndPayload()).payload, expiresIn);
      }),
    );
    const columns = [0, 1, 2, 3, 6].map((column) => rows.map((one) => one[column]));
    await pool.query(
      `INSERT INTO oidc_payloads (model, id, payload, grant_id, expires_at) SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[])`,
      columns,
    );
    return models.map(({ jti }) => jti);
  }
  return { Adapter: PgAdapter, saveAll };
}
