package portal

import (
	"context"
	"fmt"

	"passerelle/search"
)

// Check looks for what should never differ: public things and the index, both
// ways; counters and what they count; envelopes, event chains, submissions;
// and SQLite's own structure. It returns the first fault of each kind, in
// words for an operator; none when all is well.
func (p *Portal) Check(ctx context.Context) (faults []string, err error) {
	broken, err := p.Store.Integrity(ctx)
	if err != nil {
		return nil, err
	}
	if broken != "" {
		faults = append(faults, "database: "+broken)
	}
	counters, err := p.Forums.Check(ctx)
	if err != nil {
		return nil, err
	}
	faults = append(faults, counters...)
	money, err := p.Desk.Check(ctx)
	if err != nil {
		return nil, err
	}
	for _, fault := range money {
		faults = append(faults, fault.Kind+": "+fault.Detail)
	}
	found, err := search.Check(ctx, p.indexDir(), p.Store)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, fault := range found {
		if !seen[fault.Kind] {
			seen[fault.Kind] = true
			faults = append(faults, fmt.Sprintf("index: %s %s", fault.Kind, fault.Name))
		}
	}
	return faults, nil
}
