# Languages and their libraries that hand mail to sendmail, as root and as a
# user: what they send arrives.
. "$here/../real/callers"
callers libemail-sender-perl libmime-lite-perl libphp-phpmailer node-nodemailer \
    nodejs php-cli php-symfony-mailer python3-minimal ruby-mail

caller "PHP mail()" "root caller" php-cli <<'END'
php -n -r 'exit(mail("root", getenv("SUBJECT"), getenv("TEXT")) ? 0 : 1);'
END

caller PHPMailer "root caller" php-cli libphp-phpmailer <<'END'
cat >"$HOME/mail.php" <<'PHP'
<?php
require '/usr/share/php/libphp-phpmailer/autoload.php';
$mail = new PHPMailer\PHPMailer\PHPMailer(true);
$mail->isSendmail();
$mail->setFrom(getenv('LOGNAME') . '@example.com');
$mail->addAddress('root@example.com');
$mail->Subject = getenv('SUBJECT');
$mail->Body = getenv('TEXT');
$mail->send();
PHP
php -n -d display_errors=stderr -d extension=ctype -d extension=mbstring \
    "$HOME/mail.php"
END

# It speaks SMTP to sendmail -bs.
caller "Symfony Mailer" "root caller" php-cli php-symfony-mailer <<'END'
cat >"$HOME/mail.php" <<'PHP'
<?php
require '/usr/share/php/Symfony/Component/Mailer/autoload.php';
use Symfony\Component\Mailer\Transport;
use Symfony\Component\Mime\Email;
$mail = (new Email())
    ->from(getenv('LOGNAME') . '@example.com')
    ->to('root@localhost')
    ->subject(getenv('SUBJECT'))
    ->text(getenv('TEXT'));
Transport::fromDsn('sendmail://default')->send($mail);
PHP
php -n -d display_errors=stderr -d extension=ctype -d extension=mbstring \
    "$HOME/mail.php"
END

caller Email::Sender "root caller" libemail-sender-perl <<'END'
cat >"$HOME/mail.pl" <<'PERL'
use strict;
use Email::Sender::Simple qw(sendmail);
use Email::Sender::Transport::Sendmail;
use Email::Simple;
my $mail = Email::Simple->create(
    header => [ To => 'root', From => $ENV{LOGNAME},
        Subject => $ENV{SUBJECT} ],
    body => "$ENV{TEXT}\n");
sendmail($mail, { from => $ENV{LOGNAME}, to => 'root',
    transport => Email::Sender::Transport::Sendmail->new });
PERL
perl "$HOME/mail.pl"
END

caller MIME::Lite "root caller" libmime-lite-perl <<'END'
perl -MMIME::Lite -e 'MIME::Lite->new(To => "root", From => $ENV{LOGNAME},
    Subject => $ENV{SUBJECT}, Data => "$ENV{TEXT}\n")->send or die'
END

caller Python "root caller" python3-minimal <<'END'
cat >"$HOME/mail.py" <<'PY'
import email.message, os, subprocess
mail = email.message.EmailMessage()
mail["From"] = os.environ["LOGNAME"]
mail["To"] = "root"
mail["Subject"] = os.environ["SUBJECT"]
mail.set_content(os.environ["TEXT"] + "\n")
subprocess.run(["/usr/sbin/sendmail", "-t", "-oi"], input=mail.as_bytes(),
    check=True)
PY
/usr/bin/python3 "$HOME/mail.py"
END

caller nodemailer "root caller" node-nodemailer nodejs <<'END'
cat >"$HOME/mail.js" <<'JS'
const mailer = require('/usr/share/nodejs/nodemailer');
const { LOGNAME, SUBJECT, TEXT } = process.env;
mailer.createTransport({ sendmail: true, path: '/usr/sbin/sendmail' }).sendMail({
	from: LOGNAME + '@example.com', to: 'root@localhost',
	subject: SUBJECT, text: TEXT,
}, (error) => process.exit(error ? (console.error(error), 1) : 0));
JS
node "$HOME/mail.js"
END

caller "Ruby Mail" "root caller" ruby-mail <<'END'
cat >"$HOME/mail.rb" <<'RUBY'
require "mail"
Mail.defaults { delivery_method :sendmail }
Mail.deliver do
  from "#{ENV['LOGNAME']}@example.com"
  to "root@localhost"
  subject ENV["SUBJECT"]
  body ENV["TEXT"]
end
RUBY
ruby "$HOME/mail.rb"
END
