package xyz.graphyn.testkit.storage;

import java.time.Instant;
import java.util.Optional;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.IdempotencyRecords;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.testkit.storage.InMemoryDatabase.Answer;

record InMemoryIdempotencyRecords(InMemoryDatabase database) implements IdempotencyRecords {
    @Override
    public Claim claim(IdempotencyKey key, String fingerprint, Instant notBefore) {
        if (!database.claim(database.requireUnit(key.organization()), key)) {
            return new Claim.InFlight();
        }
        Optional<Answer> known = database.read(tables -> Optional.ofNullable(tables.answers.get(key)));
        return known.filter(answer -> !answer.at().isBefore(notBefore))
                .<Claim>map(answer -> answer.fingerprint().equals(fingerprint)
                        ? new Claim.Answered(answer.answer())
                        : new Claim.Reused())
                .orElseGet(Claim.Fresh::new);
    }

    @Override
    public void store(IdempotencyKey key, String fingerprint, StoredAnswer answer, Instant now) {
        database.requireUnit(key.organization());
        database.write(key.organization(), tables -> tables.answers.put(key, new Answer(fingerprint, answer, now)));
    }
}
