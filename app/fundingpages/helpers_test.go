package fundingpages

import (
	"context"

	"passerelle/models"
	"passerelle/models/funding"
)

// token is what the mail of the newest invitation carries.
func (r *room) token() (token string) {
	r.t.Helper()
	r.must(r.store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		var id models.ID
		if err := tx.DB.Raw("SELECT max(id) FROM invitations").Scan(&id).Error; err != nil {
			return err
		}
		mail, err := funding.IssueInvitation(ctx, tx, id)
		token = mail.Token
		return err
	}))
	return token
}

func (r *room) organisation(number string) (id models.ID) {
	r.t.Helper()
	r.must(r.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT organisation_id FROM applications WHERE number = ?", number).Scan(&id).Error
	}))
	return id
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) count(query string) (n int) {
	r.t.Helper()
	r.must(r.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error { return tx.DB.Raw(query).Scan(&n).Error }))
	return n
}
