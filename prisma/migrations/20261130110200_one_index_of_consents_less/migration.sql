-- In the one by client and person. A migration of its own, so that no lock is held while another is waited for.
DROP INDEX "consents_client_id_idx";
