BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE answer_messages (
	message_id BIGINT NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	CONSTRAINT pk_answer_messages PRIMARY KEY (message_id), 
	CONSTRAINT fk_answer_messages_key FOREIGN KEY("key") REFERENCES answers ("key") ON DELETE CASCADE
);
CREATE TABLE answers (
	"key" VARCHAR(80) NOT NULL, 
	guild_id BIGINT NOT NULL, 
	channel_id BIGINT NOT NULL, 
	asker_id BIGINT NOT NULL, 
	asked DATETIME NOT NULL, 
	value JSON NOT NULL, 
	body BLOB, 
	sha256 VARCHAR(64), 
	CONSTRAINT pk_answers PRIMARY KEY ("key")
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	guild_id BIGINT NOT NULL, 
	made_by BIGINT NOT NULL, 
	made DATETIME NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE TABLE briefs (
	"key" VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	stored DATETIME NOT NULL, 
	CONSTRAINT pk_briefs PRIMARY KEY ("key")
);
INSERT INTO "briefs" VALUES('002d5096b40d2df719d43225180511e9f936ee80b9afaa6e6e7edfe1ebc67b00',X'789CBD544D8F13310CFD2BD19CBB6DB72C48EC1124C48A451C58690FA8AADC8C67269A7C0CF9E8B6AAFADFB19B764885401C0A97AA76ECBCE7F726DE57417668A0BAAF6C8AAD8766BAF60A9BD96D35A9824B5E62A8EEBFED2B555309AC25A5A38A1A29FA087E4D15C2A31BD006014D442FACB2285E10FB40A59062E73CD53E5810EFD0B77CAB8ADCFD986C2DDE53BF424FD9E43525BB1887703F9BC99C9FE216CCA071D66528AA1BD25AABD021D359CC176F6EE6AF6EE677E5C1AAF1CED0A9C10894D760DB042D43A2A5F8C5F99A467ABB984F2AE936E88F67B7530A072563F214D9A435CD89DB98FF1F96136A6E6932BE651B3DC8A83648B71957A33E370C043CC4B0AA558B815AAB0BF85C13905A9DCDA2F6CAF21C835336B25C160C2384640CF85D21F5D73143E299DC9CE9554F1D8AEEC209AC85B3E2B3B335ECA6D4821B55A39578ECCA9E8E5E86089E6E99F37C44E5354F3A40080563AD6C7F926132A27E404F0605A1B18902A2B0CED9EB622D19ED24D0F7E42216028DF1599F4FB81363F217899E518047C1DA0868415D9729B1F0608306F675B47940E8D117AFC440E0E7F1458378E4A9C69A55C1645948FC104574AEE71FA19D6DFF23E98BF0925F694B5406353F8AD1982273B6E6E967EAAFBEDD2B8F59C371DB8CAB62C1ABC2A354A1189C8B56274EF9DD50D51A64DF7A9718A5011DB0F0E6D9F93E0822F04FD89EB7C91F58066750FC8EE792511AF248D996F5A62865C47D2541EB702494B7D52ABA1E6DCE48C7CB96BF88324BAB4C19823E5F7FDC6124129F4EEF0E871F57FE19F9','53dcd9c8241cef47d177e6d5ee0148f42dd87a6c9a9c37f0cd34665cac94f067','2026-03-04 12:00:00.000000');
CREATE TABLE choices (
	guild_id BIGINT NOT NULL, 
	channel_id BIGINT NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_choices PRIMARY KEY (guild_id, channel_id)
);
INSERT INTO "choices" VALUES(1,8,'{"language": "sv", "length": null, "sections": null, "interests": null, "engine": null, "model": null, "threads": null, "pictures": null, "automatic": null, "roles": null, "only_channels": null, "not_channels": null, "cooldown": null, "daily_tokens": null, "daily_tokens_each": null, "over_budget": null}');
CREATE TABLE deliveries (
	digest_id INTEGER NOT NULL, 
	run_key VARCHAR(64) NOT NULL, 
	due DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	posted DATETIME, 
	value JSON NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (digest_id, run_key), 
	CONSTRAINT fk_deliveries_digest_id FOREIGN KEY(digest_id) REFERENCES digests (id) ON DELETE CASCADE
);
INSERT INTO "deliveries" VALUES(1,'2026-03-04T07:00','2026-03-04 12:00:00.000000','posted','2026-03-04 12:00:00.000000','{"channel_id": null, "message_ids": [7], "stories": ["a"], "reason": null, "told": []}');
CREATE TABLE departures (
	guild_id BIGINT NOT NULL, 
	"left" DATETIME NOT NULL, 
	CONSTRAINT pk_departures PRIMARY KEY (guild_id)
);
CREATE TABLE digests (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	guild_id BIGINT NOT NULL, 
	created_by BIGINT NOT NULL, 
	paused BOOLEAN NOT NULL, 
	next_run DATETIME, 
	value JSON NOT NULL
);
INSERT INTO "digests" VALUES(1,1,3,0,'2026-03-04 12:00:00.000000','{"channel_id": 2, "name": "Harbour news", "schedule": {"zone": "Europe/Berlin", "times": ["07:00:00"], "days": [0, 1, 2, 3, 4, 5, 6]}, "feeds": ["https://courier.example/feed.xml"], "watched_channels": [], "include": ["ferry", "zero \u0000"], "exclude": [], "stories": 5, "language": "auto", "length": "standard", "sections": null, "placement": "channel", "role_id": null, "says_nothing_new": false}');
CREATE TABLE documents (
	fingerprint VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	stored DATETIME NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (fingerprint)
);
INSERT INTO "documents" VALUES('d2a23c5fe64b0f57ae4e8946a5c41d4c2b86309dae91e6dfd47ed6f9d2a6dfcc','93bfd8797b34',X'789C658DCB0AC23010457F25CCBA14A5426DBFC08D3B77222569A66D68CCD424E303F1DF4DC52EC4DD7D1CEE7D82D1504355A84E6FCBAA54C5063288788F293D0C2806E915B1171E6942875A90137B725A3EF21934D16222773F54488DE4389087DAB1B519041371D1ECED222756D68401F55FD0749ECE6998DDE8E8E6D2A095AE67D9CF6F38FB96AEE83F7E9DAF325096DAB1B930450C501F4F69CBB491FDF7F6F506508B4EEB','a4cad1ec06f999aa3b8e2767f6e30a66c476caad4bfa6546091f20889aad09ec','2026-03-04 12:00:00.000000');
CREATE TABLE feeds (
	url_sha256 VARCHAR(64) NOT NULL, 
	asked DATETIME, 
	value JSON NOT NULL, 
	CONSTRAINT pk_feeds PRIMARY KEY (url_sha256)
);
INSERT INTO "feeds" VALUES('9422415c24689f45fdb30a2475b025d9f924fda5f2949c4a5ea47e4d1bab2345','2026-03-04 12:00:00.000000','{"url": "https://courier.example/feed.xml", "etag": null, "modified": null, "failures": 1, "reason": "gone", "retry_after": null, "title": "", "items": []}');
CREATE TABLE links (
	url_sha256 VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	read DATETIME NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (url_sha256), 
	CONSTRAINT fk_links_fingerprint FOREIGN KEY(fingerprint) REFERENCES documents (fingerprint) ON DELETE CASCADE
);
INSERT INTO "links" VALUES('9c43dd730bf781de8b68374a763750f52d208e9eaecf387829fd4f39bae7b324','d2a23c5fe64b0f57ae4e8946a5c41d4c2b86309dae91e6dfd47ed6f9d2a6dfcc','2026-03-04 12:00:00.000000');
CREATE TABLE notices (
	url_sha256 VARCHAR(64) NOT NULL, 
	guild_id BIGINT NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (url_sha256, guild_id)
);
INSERT INTO "notices" VALUES('9422415c24689f45fdb30a2475b025d9f924fda5f2949c4a5ea47e4d1bab2345',1);
CREATE TABLE prompt_versions (
	guild_id BIGINT NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	made_by BIGINT NOT NULL, 
	made DATETIME NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_prompt_versions PRIMARY KEY (guild_id, name, version)
);
CREATE TABLE questions (
	"key" VARCHAR(80) NOT NULL, 
	guild_id BIGINT NOT NULL, 
	channel_id BIGINT NOT NULL, 
	asker_id BIGINT NOT NULL, 
	asked DATETIME NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY ("key")
);
CREATE TABLE reactions (
	message_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	guild_id BIGINT NOT NULL, 
	made DATETIME NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_reactions PRIMARY KEY (message_id, user_id)
);
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	guild_id BIGINT NOT NULL, 
	made_by BIGINT NOT NULL, 
	made DATETIME NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
CREATE TABLE usage (
	"key" VARCHAR(200) NOT NULL, 
	guild_id BIGINT NOT NULL, 
	day DATE NOT NULL, 
	user_id BIGINT, 
	calls INTEGER NOT NULL, 
	prompt_tokens BIGINT NOT NULL, 
	completion_tokens BIGINT NOT NULL, 
	estimated BOOLEAN NOT NULL, 
	seconds FLOAT NOT NULL, 
	CONSTRAINT pk_usage PRIMARY KEY ("key")
);
INSERT INTO "usage" VALUES('brief-1',1,'2026-03-04',4,1,900,80,0,1.5);
CREATE INDEX ix_documents_id ON documents (id);
CREATE INDEX ix_documents_stored ON documents (stored);
CREATE INDEX ix_links_fingerprint ON links (fingerprint);
CREATE INDEX ix_briefs_stored ON briefs (stored);
CREATE INDEX ix_digests_guild_id ON digests (guild_id);
CREATE INDEX ix_digests_created_by ON digests (created_by);
CREATE INDEX ix_digests_paused_next_run_id ON digests (paused, next_run, id);
CREATE INDEX ix_deliveries_digest_id_due ON deliveries (digest_id, due);
CREATE INDEX ix_deliveries_state_due ON deliveries (state, due);
CREATE INDEX ix_deliveries_due ON deliveries (due);
CREATE INDEX ix_usage_day ON usage (day);
CREATE INDEX ix_usage_user_id ON usage (user_id);
CREATE INDEX ix_usage_guild_id_day ON usage (guild_id, day);
CREATE INDEX ix_feeds_asked ON feeds (asked);
CREATE INDEX ix_notices_guild_id ON notices (guild_id);
CREATE INDEX ix_answers_asker_id ON answers (asker_id);
CREATE INDEX ix_answers_asked ON answers (asked);
CREATE INDEX ix_answers_guild_id_channel_id ON answers (guild_id, channel_id);
CREATE INDEX ix_answer_messages_key ON answer_messages ("key");
CREATE INDEX ix_prompt_versions_made_by ON prompt_versions (made_by);
CREATE INDEX ix_audit_guild_id_made ON audit (guild_id, made);
CREATE INDEX ix_audit_made_by ON audit (made_by);
CREATE INDEX ix_audit_made ON audit (made);
CREATE INDEX ix_reports_guild_id ON reports (guild_id);
CREATE INDEX ix_reports_made_by ON reports (made_by);
CREATE INDEX ix_reports_made ON reports (made);
CREATE INDEX ix_reactions_user_id ON reactions (user_id);
CREATE INDEX ix_reactions_made ON reactions (made);
CREATE INDEX ix_reactions_guild_id_made ON reactions (guild_id, made);
CREATE INDEX ix_departures_left ON departures ("left");
CREATE INDEX ix_questions_guild_id ON questions (guild_id);
CREATE INDEX ix_questions_asker_id ON questions (asker_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('digests',2);
COMMIT;
