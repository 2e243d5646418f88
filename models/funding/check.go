package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Fault is something that should never be found in the store.
type Fault struct {
	Kind   string // envelope, chain, event, submission, number
	Detail string
}

// Check compares what is kept twice and what is hashed: envelopes with the
// events, each chain of events, states with their last event, submissions with
// their hashes, numbers with their counter. It reports the first fault of each
// kind.
func (k *Desk) Check(ctx context.Context) (faults []Fault, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		faults = nil
		for _, look := range []func(context.Context, *models.Tx) (*Fault, error){
			checkEnvelopes, checkChains, checkStates, checkSubmissions, checkNumbers,
		} {
			fault, err := look(ctx, tx)
			if err != nil {
				return err
			}
			if fault != nil {
				faults = append(faults, *fault)
			}
		}
		return nil
	})
	return faults, err
}

func checkEnvelopes(ctx context.Context, tx *models.Tx) (*Fault, error) {
	var rows []struct {
		CallID    models.ID    `gorm:"column:call_id"`
		Committed models.Cents `gorm:"column:committed_cents"`
		Events    models.Cents `gorm:"column:events"`
		Granted   models.Cents `gorm:"column:granted"`
	}
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT v.call_id, v.committed_cents,
		       coalesce((SELECT sum(e.amount_cents) FROM events e JOIN applications a ON a.id = e.application_id
		                  WHERE a.call_id = v.call_id AND e.act = 'grant'), 0) AS events,
		       coalesce((SELECT sum(a.granted_cents) FROM applications a WHERE a.call_id = v.call_id), 0) AS granted
		  FROM envelopes v ORDER BY v.call_id`).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("check the envelopes: %w", err)
	}
	for _, r := range rows {
		if r.Committed != r.Events || r.Committed != r.Granted {
			return &Fault{"envelope", fmt.Sprintf("call %d: %d cents committed, %d granted by its events, %d on its applications",
				r.CallID, r.Committed, r.Events, r.Granted)}, nil
		}
	}
	return nil, nil
}

// checkChains recomputes every hash, a thousand events at a time.
func checkChains(ctx context.Context, tx *models.Tx) (*Fault, error) {
	last := Event{Hash: noHash}
	for {
		var batch []Event
		err := tx.DB.WithContext(ctx).Raw("SELECT "+eventColumns+` FROM events e
			WHERE (e.application_id, e.position) > (?, ?) ORDER BY e.application_id, e.position LIMIT 1000`,
			last.ApplicationID, last.Position).Find(&batch).Error
		if err != nil {
			return nil, fmt.Errorf("read the events: %w", err)
		}
		if len(batch) == 0 {
			return nil, nil
		}
		for _, e := range batch {
			if e.ApplicationID != last.ApplicationID {
				last = Event{Hash: noHash}
			}
			hash, err := e.sum()
			if err != nil || hash != e.Hash || e.PreviousHash != last.Hash || e.Position != last.Position+1 {
				return &Fault{"chain", fmt.Sprintf("event %d of application %d does not follow from the one before it", e.Position, e.ApplicationID)}, nil
			}
			last = e
		}
	}
}

// checkStates compares each application with its last event. A draft's version
// runs ahead: saving a step is no transition.
func checkStates(ctx context.Context, tx *models.Tx) (*Fault, error) {
	var ids []models.ID
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT a.id FROM applications a
		  LEFT JOIN events e ON e.application_id = a.id
		   AND e.position = (SELECT max(position) FROM events WHERE application_id = a.id)
		 WHERE e.id IS NULL OR e.to_state <> a.state OR a.state <> 'draft' AND e.version <> a.version
		 ORDER BY a.id LIMIT 1`).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("check the states: %w", err)
	}
	if len(ids) > 0 {
		return &Fault{"event", fmt.Sprintf("application %d is not in the state of its last event", ids[0])}, nil
	}
	return nil, nil
}

func checkSubmissions(ctx context.Context, tx *models.Tx) (*Fault, error) {
	var after models.ID
	for {
		var batch []struct {
			ID          models.ID
			Application models.ID `gorm:"column:application_id"`
			Content     string
			SHA256      string `gorm:"column:sha256"`
			Event       bool   `gorm:"column:event"`
		}
		err := tx.DB.WithContext(ctx).Raw(`
			SELECT s.id, s.application_id, s.content, s.sha256,
			       EXISTS (SELECT 1 FROM events e WHERE e.application_id = s.application_id AND e.act = 'submit' AND e.submission = s.sha256) AS event
			  FROM submissions s WHERE s.id > ? ORDER BY s.id LIMIT 200`, after).Find(&batch).Error
		if err != nil {
			return nil, fmt.Errorf("read the submissions: %w", err)
		}
		if len(batch) == 0 {
			return nil, nil
		}
		for _, s := range batch {
			if hashOf(s.Content) != s.SHA256 || !s.Event {
				return &Fault{"submission", fmt.Sprintf("submission %d of application %d is not what its receipt says", s.ID, s.Application)}, nil
			}
			after = s.ID
		}
	}
}

// checkNumbers looks for a gap in a year, and for a counter that is not at the
// last number.
func checkNumbers(ctx context.Context, tx *models.Tx) (*Fault, error) {
	var rows []struct{ Year, Last, Given, Highest int }
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT n.year, n.last, count(a.id) AS given, coalesce(max(CAST(substr(a.number, 6) AS INTEGER)), 0) AS highest
		  FROM application_numbers n
		  LEFT JOIN applications a ON a.number <> '' AND substr(a.number, 1, 4) = CAST(n.year AS TEXT)
		 GROUP BY n.year, n.last ORDER BY n.year`).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("check the numbers: %w", err)
	}
	for _, r := range rows {
		if r.Given != r.Last || r.Highest != r.Last {
			return &Fault{"number", fmt.Sprintf("%d: the counter is at %d, %d numbers were given, the highest is %d", r.Year, r.Last, r.Given, r.Highest)}, nil
		}
	}
	return nil, nil
}
