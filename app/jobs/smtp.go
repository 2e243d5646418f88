package jobs

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	mail "github.com/wneessen/go-mail"
)

// sendTimeout bounds the conversation about one mail.
const sendTimeout = 20 * time.Second

// server is an SMTP server that takes mails.
type server struct {
	host    string
	options []mail.Option
}

// newServer reads SMTP_URL: smtps://user:secret@host:465 (TLS from the start)
// or smtp://host:587 (STARTTLS when offered; required when a password would
// else cross the network in clear). hello is the name that the portal gives.
func newServer(address, hello string) (*server, error) {
	at, err := url.Parse(address)
	if err != nil || at.Hostname() == "" || at.Scheme != "smtp" && at.Scheme != "smtps" {
		return nil, errors.New("SMTP_URL is not smtp(s)://[user:secret@]host[:port]") // the value may hold a secret
	}
	s := &server{host: at.Hostname(), options: []mail.Option{mail.WithHELO(hello), mail.WithTimeout(sendTimeout)}}
	port := map[string]int{"smtp": 587, "smtps": 465}[at.Scheme]
	if text := at.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, errors.New("SMTP_URL has a port that is no number")
		}
	}
	s.options = append(s.options, mail.WithPort(port))
	secret, hasSecret := at.User.Password()
	switch {
	case at.Scheme == "smtps":
		s.options = append(s.options, mail.WithSSL())
	case hasSecret && !onThisMachine(s.host):
		s.options = append(s.options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		s.options = append(s.options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if hasSecret {
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(at.User.Username()), mail.WithPassword(secret))
	}
	return s, nil
}

func onThisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// send hands a mail over. errNever: the server will not take it, ever;
// errNoRoute: there is no talking to the server. No error holds an address.
func (s *server) send(ctx context.Context, m Mail) error {
	message, err := m.message()
	if err != nil {
		return err
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoRoute, err)
	}
	err = client.DialAndSendWithContext(ctx, message)
	if err == nil || message.IsDelivered() { // taken; a failing farewell is nobody's loss
		return nil
	}
	return judge(err)
}

// judge says what an error of the conversation means for the mail.
func judge(err error) error {
	var refused *mail.SendError
	if !errors.As(err, &refused) {
		var network *net.OpError
		if errors.As(err, &network) {
			return fmt.Errorf("%w: %s %s", errNoRoute, network.Op, network.Err)
		}
		return fmt.Errorf("%w: the greeting failed", errNoRoute)
	}
	what := fmt.Errorf("%s, code %d", refused.Reason, refused.ErrorCode())
	switch refused.Reason {
	case mail.ErrSMTPRcptTo, mail.ErrSMTPData, mail.ErrSMTPDataClose:
		if code := refused.ErrorCode(); code >= 500 && code < 600 {
			return fmt.Errorf("%w: %w", errNever, what)
		}
	case mail.ErrConnCheck:
		return fmt.Errorf("%w: %w", errNoRoute, what)
	}
	return what
}

// message is the mail as it travels. The library encodes whatever would end a
// header; addresses that are none are refused.
func (m Mail) message() (*mail.Msg, error) {
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := message.From(m.From); err != nil {
		return nil, errors.New("the sender is no address")
	}
	if err := message.To(m.Recipient); err != nil {
		return nil, fmt.Errorf("%w: not an address", errNever)
	}
	message.Subject(m.Subject)
	message.SetDateWithValue(m.CreatedAt.Paris())
	message.SetMessageIDWithValue(m.MessageID)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday answers
	message.SetBodyString(mail.TypeTextPlain, m.Body)
	return message, nil
}
