package models_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// However a query is sent, the log tells its text and none of its values.
func TestTheLogHoldsNoValues(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	store, err := models.Open(context.Background(), models.Settings{Dir: t.TempDir(), Now: modelstest.NewClock(modelstest.Start).Now, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	const insert = "INSERT INTO nowhere (email) VALUES (?) RETURNING id"
	_ = store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error {
		var id models.ID
		tx.DB.Raw(insert, "scan@exemple.fr").Scan(&id)
		tx.DB.Raw(insert, "take@exemple.fr").Take(&id)
		tx.DB.Exec(insert, "exec@exemple.fr")
		tx.DB.Table("nowhere").Where("email = ?", "where@exemple.fr").Find(&[]map[string]any{})
		tx.DB.Raw("SELECT 1 FROM nowhere WHERE email = @email", map[string]any{"email": "named@exemple.fr"}).Scan(&id)
		return nil
	})
	if n := strings.Count(out.String(), "query failed"); n != 5 {
		t.Errorf("%d lines, want 5:\n%s", n, out.String())
	}
	if strings.Contains(out.String(), "exemple.fr") {
		t.Errorf("the log holds values:\n%s", out.String())
	}
}
