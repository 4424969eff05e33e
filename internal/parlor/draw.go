package parlor

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// easyLetters cannot be mistaken for one another when read aloud or copied by hand.
const easyLetters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// maxDraws bounds rejection sampling. About one PMI in forty is refused, so that only a broken source gets here.
const maxDraws = 1000

// DrawPMI draws a PMI that ValidatePMI accepts, each one equally likely. The error is the source's own, or that it does
// not look random.
func DrawPMI(r io.Reader) (string, error) {
	for range maxDraws {
		pmi, err := drawNumber(r, 2_000_000_000, 10_000_000_000)
		if err != nil {
			return "", fmt.Errorf("draw PMI: %w", err)
		}
		if ValidatePMI(pmi) == nil {
			return pmi, nil
		}
	}
	return "", errors.New("draw PMI: the source is not random")
}

// DrawNumber draws a meeting number: 11 digits, the first of them 1 to 9.
func DrawNumber(r io.Reader) (string, error) {
	number, err := drawNumber(r, 10_000_000_000, 100_000_000_000)
	if err != nil {
		return "", fmt.Errorf("draw meeting number: %w", err)
	}
	return number, nil
}

// DrawPasscode draws a passcode of 8 characters that ValidatePasscode accepts (46 bits).
func DrawPasscode(r io.Reader) (string, error) {
	var passcode strings.Builder
	for range 8 {
		i, err := rand.Int(r, big.NewInt(int64(len(easyLetters))))
		if err != nil {
			return "", fmt.Errorf("draw passcode: %w", err)
		}
		passcode.WriteByte(easyLetters[i.Int64()])
	}
	return passcode.String(), nil
}

// drawNumber draws a number of [from, below).
func drawNumber(r io.Reader, from, below int64) (string, error) {
	n, err := rand.Int(r, big.NewInt(below-from))
	if err != nil {
		return "", err
	}
	return n.Add(n, big.NewInt(from)).String(), nil
}
